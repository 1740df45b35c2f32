from collections.abc import Callable
from typing import Any

from fastapi import APIRouter


class VersionedRouter(APIRouter):
    def __init__(self, *args: Any, version: int = 1, prefix: str = "", **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"/v{version}{prefix}", **kwargs)


class TrailingSlashRouter(APIRouter):
    """Serves every path with and without the slash."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        bare = path.rstrip("/")
        super().add_api_route(bare, endpoint, **kwargs)
        super().add_api_route(bare + "/", endpoint, **{**kwargs, "include_in_schema": False})


class JobsRouter(VersionedRouter):
    def __init__(self) -> None:
        super().__init__(version=4, prefix="/jobs", tags=["jobs"])
