from __future__ import annotations

from typing import Callable, Self

from fastapi import APIRouter, Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware


class AppBuilder:
    def __init__(self) -> None:
        self._routers: list[tuple[APIRouter, dict]] = []
        self._steps: list[Callable[[FastAPI], None]] = []
        self._dependencies: list = []
        self._prefix = ""

    def with_prefix(self, prefix: str) -> Self:
        self._prefix = prefix
        return self

    def with_router(self, router: APIRouter, **options) -> Self:
        self._routers.append((router, options))
        return self

    def with_dependency(self, *calls: Callable) -> Self:
        self._dependencies += [Depends(call) for call in calls]
        return self

    def with_cors(self) -> Self:
        self._steps.append(lambda app: app.add_middleware(CORSMiddleware, allow_origins=["*"]))
        return self

    def with_step(self, step: Callable[[FastAPI], None]) -> Self:
        self._steps.append(step)
        return self

    def build(self) -> FastAPI:
        app = FastAPI(dependencies=self._dependencies)
        for router, options in self._routers:
            app.include_router(router, prefix=self._prefix + options.pop("prefix", ""), **options)
        for step in self._steps:
            step(app)
        return app
