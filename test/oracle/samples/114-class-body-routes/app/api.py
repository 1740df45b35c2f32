from fastapi import APIRouter, Depends


def guard():
    return 1


class Api:
    router = APIRouter(prefix="/api")
    DEPENDENCIES = [Depends(guard)]

    class Paths:
        ROOT = "/"
        ITEM = ROOT + "{item_id}"

    @router.get(Paths.ROOT)
    def index():
        return []

    @staticmethod
    @router.get(Paths.ITEM, dependencies=DEPENDENCIES)
    def item(item_id: int):
        return item_id

    for _kind in ("a", "b"):
        router.add_api_route(f"/kind/{_kind}", index, name=_kind)

    class Admin:
        router = APIRouter(prefix="/admin")

        @router.post("/")
        async def act():
            return {}

    router.include_router(Admin.router)


class Derived(Api):
    extra = APIRouter()

    @extra.get("/extra")
    def extra_route():
        return 1
