from typing import Any

from fastapi import APIRouter, FastAPI

V1: dict[str, Any] = {"prefix": "/v1", "tags": ["v1"]}


def include_all(app: FastAPI, *routers: APIRouter, **options: Any) -> None:
    for router in routers:
        app.include_router(router, **options)


def get_routes(target: APIRouter, routes: dict[str, Any], methods: tuple[str, ...] = ("GET",)) -> None:
    for path, handler in routes.items():
        target.add_api_route(path, handler, methods=list(methods))
