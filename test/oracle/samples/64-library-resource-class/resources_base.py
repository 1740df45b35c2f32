from typing import Any, ClassVar

from fastapi import APIRouter


class Resource:
    all: ClassVar[list[APIRouter]] = []
    path: ClassVar[str]

    def __init_subclass__(cls, *, path: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.path = path
        router = APIRouter(prefix=path, tags=[cls.__name__])
        instance = cls()
        router.add_api_route("/", instance.fetch, name=f"fetch_{cls.__name__.lower()}")
        if cls.remove is not Resource.remove:
            router.add_api_route("/{key}", instance.remove, methods=["DELETE"])
        Resource.all.append(router)

    def fetch(self) -> str:
        return self.path

    def remove(self, key: str) -> str:
        raise NotImplementedError
