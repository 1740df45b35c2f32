from functools import partial

from .routing import ApiRouter, GuardedRouter, Toolbox

router = ApiRouter()
guarded = GuardedRouter(prefix="/guarded")
toolbox = Toolbox("/tools")

hidden_get = partial(router.get, include_in_schema=False)


@hidden_get("/hidden")
def hidden():
    return 1


def convert(unit: str, value: float):
    return unit, value


for unit in ("km", "mi"):
    router.add_api_route(f"/convert/{unit}", partial(convert, unit), name=f"convert-{unit}")


@guarded.get("/x")
def guarded_x():
    return 1


@toolbox.get("/hammer")
def hammer():
    return 1


@toolbox.put("/nail")
def nail():
    return 1
