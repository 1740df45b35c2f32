from collections.abc import Iterable

from fastapi import APIRouter, Depends, FastAPI

from .health import health_router
from .tracing import trace


class ServiceApp(FastAPI):
    def __init__(self, name: str, **kwargs):
        super().__init__(title=name, dependencies=[Depends(trace), *kwargs.pop("dependencies", [])], **kwargs)
        self.base = "/" + name
        self.include_router(health_router, prefix=self.base)


def service(name: str, *, routers: Iterable[APIRouter] = (), version: int | None = None) -> ServiceApp:
    app = ServiceApp(name)
    prefix = app.base if version is None else f"{app.base}/v{version}"
    for router in routers:
        app.include_router(router, prefix=prefix)
    return app
