from typing import Any

from fastapi import APIRouter, Depends

from .auth import current_user, tracer

DEFAULTS: dict[str, Any] = {"redirect_slashes": True, "tags": ["default"]}


def make_router(name: str, *args: Any, **kwargs: Any) -> APIRouter:
    kwargs.setdefault("prefix", f"/{name}")
    private = kwargs.pop("private", False)
    if private:
        kwargs["dependencies"] = [*kwargs.get("dependencies", []), Depends(current_user)]
    return APIRouter(*args, **{**DEFAULTS, **kwargs})


def private_router(name: str, **kwargs: Any) -> APIRouter:
    return make_router(name, private=True, **(DEFAULTS | kwargs))


class TracedRouter(APIRouter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        dependencies = list(kwargs.pop("dependencies", None) or [])
        super().__init__(*args, dependencies=[Depends(tracer), *dependencies], **kwargs)

    def add_api_route(self, path: str, endpoint, **kwargs: Any) -> None:
        if path != "/" and path.endswith("/"):
            path = path[:-1]
        super().add_api_route(path, endpoint, **kwargs)
