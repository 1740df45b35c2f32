from collections.abc import Callable
from typing import Any, ClassVar

from fastapi import APIRouter, Depends


def verify_token() -> None: ...


class SecureRouter(APIRouter):
    base_path: ClassVar[str] = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", self.base_path)
        kwargs.setdefault("dependencies", [Depends(verify_token)])
        super().__init__(**kwargs)

    def query(self, path: str, **kwargs: Any) -> Callable[[Any], Any]:
        return self.get(f"/query{path}", **kwargs)


class PayrollRouter(SecureRouter):
    base_path = "/payroll"

    def command(self, path: str) -> Callable[[Any], Any]:
        def decorate(function: Any) -> Any:
            self.add_api_route("/command" + path, function, methods=["POST"], status_code=202)
            return function

        return decorate
