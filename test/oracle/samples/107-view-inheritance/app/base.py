from abc import ABC, abstractmethod
from typing import ClassVar, Iterable

from fastapi import APIRouter, Depends


class AbstractView(ABC):
    prefix: ClassVar[str]
    actions: ClassVar[Iterable[str]] = ("list", "create", "retrieve", "destroy")
    exclude: ClassVar[set[str]] = set()
    dependencies: ClassVar[list] = []

    def __init__(self) -> None:
        self.router = APIRouter(prefix=self.prefix, dependencies=[Depends(d) for d in self.dependencies])
        self._register()

    def _register(self) -> None:
        table = {
            "list": ("", ["GET"], self.list),
            "create": ("", ["POST"], self.create),
            "retrieve": ("/{id}", ["GET"], self.retrieve),
            "destroy": ("/{id}", ["DELETE"], self.destroy),
        }
        for action in self.actions:
            if action in self.exclude:
                continue
            path, methods, endpoint = table[action]
            self.router.add_api_route(path, endpoint, methods=methods, name=f"{self.basename()}-{action}")

    @classmethod
    def basename(cls) -> str:
        return cls.__name__.removesuffix("View").lower()

    @abstractmethod
    def list(self): ...

    def create(self):
        raise NotImplementedError

    def retrieve(self, id: int):
        return id

    def destroy(self, id: int):
        return id
