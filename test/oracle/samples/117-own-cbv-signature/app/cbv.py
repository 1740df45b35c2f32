import inspect
from typing import Callable, TypeVar

from fastapi import APIRouter, Depends
from starlette.routing import Route

T = TypeVar("T")


def cbv(router: APIRouter) -> Callable[[type[T]], type[T]]:
    def decorator(cls: type[T]) -> type[T]:
        functions = [func for _, func in inspect.getmembers(cls, inspect.isfunction)]
        for route in list(router.routes):
            if isinstance(route, Route) and route.endpoint in functions:
                router.routes.remove(route)
                _fix_signature(cls, route.endpoint)
                router.add_api_route(route.path, route.endpoint, methods=list(route.methods), name=route.name)
        return cls

    return decorator


def _fix_signature(cls: type, endpoint: Callable) -> None:
    signature = inspect.signature(endpoint)
    first, *others = signature.parameters.values()
    parameters = [first.replace(default=Depends(cls))] + [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in others
    ]
    endpoint.__signature__ = signature.replace(parameters=parameters)
