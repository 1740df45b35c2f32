from collections.abc import Callable
from typing import Any

from api import app

Handler = Callable[..., Any]


def rpc(function: Handler) -> Handler:
    path = "/rpc/" + function.__name__.replace("_", "-")
    app.add_api_route(path, function, methods=["POST"])
    return function


def public(path: str, *, method: str = "GET") -> Callable[[Handler], Handler]:
    return app.api_route(f"/public/{path}", methods=[method], tags=["public"])
