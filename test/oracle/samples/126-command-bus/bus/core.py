import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

COMMANDS: dict[str, "Registration"] = {}


@dataclass
class Registration:
    command: type
    handler: Callable[..., Any]
    method: str
    path: str


def slug(name: str) -> str:
    words = re.findall(r"[A-Z][a-z0-9]*", name)
    return "-".join(word.lower() for word in words)


def handles(command: type, *, method: str = "POST", path: str | None = None):
    def register(func: Callable[..., Any]) -> Callable[..., Any]:
        COMMANDS[command.__name__] = Registration(command, func, method, path or f"/{slug(command.__name__)}")
        return func

    return register


def make_endpoint(registration: Registration):
    async def endpoint():
        return registration.handler(registration.command())

    endpoint.__name__ = slug(registration.command.__name__).replace("-", "_")
    endpoint.__doc__ = registration.command.__doc__
    return endpoint


def build_router() -> APIRouter:
    router = APIRouter(prefix="/commands")
    for registration in COMMANDS.values():
        router.add_api_route(
            registration.path,
            make_endpoint(registration),
            methods=[registration.method],
        )
    return router
