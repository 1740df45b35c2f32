import sys

from fastapi import APIRouter

this = sys.modules[__name__]
for name in ("red", "green"):
    setattr(this, f"{name}_router", APIRouter(prefix=f"/{name}"))


@green_router.get("/leaf")  # noqa: F821
def leaf():
    return 1


def painted():
    return 1


red_router.add_api_route("/paint", painted)  # noqa: F821
