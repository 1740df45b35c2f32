from collections import defaultdict
from typing import Callable

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute


def version(major: int) -> Callable:
    def decorator(func):
        func._api_version = major
        return func

    return decorator


def get_version(route: APIRoute, default: int) -> int:
    return getattr(route.endpoint, "_api_version", default)


def versioned(*routers: APIRouter, prefix_format: str = "/v{major}", default: int = 1) -> FastAPI:
    parent = FastAPI()
    by_version: dict[int, list[APIRoute]] = defaultdict(list)
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                by_version[get_version(route, default)].append(route)
    collected: dict[str, APIRoute] = {}
    for major in sorted(by_version.keys()):
        child = FastAPI(version=str(major))
        for route in by_version[major]:
            for method in route.methods:
                collected[route.path + "|" + method] = route
        for route in collected.values():
            child.router.routes.append(route)
        parent.mount(prefix_format.format(major=major), child)
    return parent
