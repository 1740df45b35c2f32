from typing import Protocol, runtime_checkable

from fastapi import FastAPI


@runtime_checkable
class Plugin(Protocol):
    name: str

    def install(self, app: FastAPI) -> None: ...
