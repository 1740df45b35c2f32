from functools import partial, partialmethod

from fastapi import APIRouter, Depends

from .security import check

ApiRouter = partial(APIRouter, prefix="/api")
GuardedRouter = partial(ApiRouter, dependencies=[Depends(check)])


class Toolbox:
    def __init__(self, prefix: str) -> None:
        self.router = APIRouter(prefix=prefix)

    def _add(self, method: str, path: str):
        def decorator(func):
            self.router.add_api_route(path, func, methods=[method])
            return func

        return decorator

    get = partialmethod(_add, "GET")
    put = partialmethod(_add, "PUT")
