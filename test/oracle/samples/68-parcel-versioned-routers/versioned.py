from typing import Any

from fastapi import APIRouter


class Versions(APIRouter):
    def __init__(self, *numbers: int) -> None:
        super().__init__()
        self.numbers = numbers

    def include_router(self, router: APIRouter, **kwargs: Any) -> None:
        prefix = kwargs.pop("prefix", "")
        for number in self.numbers:
            super().include_router(router, prefix=f"/v{number}{prefix}", **kwargs)
