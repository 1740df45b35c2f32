from functools import cache, lru_cache, wraps

from fastapi import APIRouter


@cache
def router_for(area: str) -> APIRouter:
    return APIRouter(prefix=f"/{area}")


def once(func):
    done = set()

    @wraps(func)
    def wrapper(*args):
        if args in done:
            return None
        done.add(args)
        return func(*args)

    return wrapper


@once
def add_ping(area: str) -> None:
    router_for(area).add_api_route("/ping", ping)


def ping():
    return "pong"


@router_for("north").get("/one")
def one():
    return 1


@router_for("north").get("/two")
def two():
    return 2


@lru_cache
def areas() -> tuple[str, ...]:
    return ("north", "south")
