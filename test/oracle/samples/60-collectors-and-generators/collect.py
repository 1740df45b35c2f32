from collections.abc import Iterator

from fastapi import APIRouter

import kitchen
import waiters


def all_routers() -> list[APIRouter]:
    found = [kitchen.router]
    found.extend([waiters.tables, waiters.tips])
    return found


def iterate() -> Iterator[tuple[str, APIRouter]]:
    yield "/kitchen-door", kitchen.router
    yield from (("/front-door", router) for router in (waiters.tables,))


def merged(prefix: str, *routers: APIRouter) -> APIRouter:
    parent = APIRouter(prefix=prefix)
    for router in routers:
        parent.include_router(router)
    return parent


def router_for(role: str) -> APIRouter:
    match role:
        case "cook":
            return kitchen.router
        case "waiter" | "waitress":
            return waiters.tips
        case _:
            raise ValueError(role)
