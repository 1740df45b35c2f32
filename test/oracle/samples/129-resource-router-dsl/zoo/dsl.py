from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, Iterator

from fastapi import APIRouter


class Resources:
    ACTIONS = {
        "index": ("GET", ""),
        "create": ("POST", ""),
        "show": ("GET", "/{%s}"),
        "update": ("PUT", "/{%s}"),
        "destroy": ("DELETE", "/{%s}"),
    }

    def __init__(self, router: APIRouter, path: str = "") -> None:
        self.router = router
        self.path = path

    def resource(self, name: str, controller: Any, only: tuple[str, ...] | None = None) -> Resources:
        key = f"{name.rstrip('s')}_id"
        for action, (method, suffix) in self.ACTIONS.items():
            endpoint: Callable | None = getattr(controller, action, None)
            if endpoint is None or (only and action not in only):
                continue
            suffix = suffix % key if "%" in suffix else suffix
            self.router.add_api_route(
                f"{self.path}/{name}{suffix}", endpoint, methods=[method], name=f"{name}#{action}"
            )
        return Resources(self.router, f"{self.path}/{name}/{{{key}}}")

    @contextmanager
    def scope(self, name: str) -> Iterator[Resources]:
        yield type(self)(self.router, f"{self.path}/{name}")
