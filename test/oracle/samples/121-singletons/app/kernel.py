from __future__ import annotations

from typing import ClassVar, Optional

from fastapi import APIRouter, FastAPI


class Kernel:
    _instance: ClassVar[Optional[Kernel]] = None
    app: FastAPI

    def __new__(cls, *args, **kwargs) -> Kernel:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.app = FastAPI()
            cls._instance.booted = []
        return cls._instance

    @classmethod
    def current(cls) -> Kernel:
        return cls._instance or cls()

    @staticmethod
    def joined(*parts: str) -> str:
        return "/" + "/".join(part.strip("/") for part in parts if part)

    def boot(self, name: str, router: APIRouter) -> None:
        self.booted.append(name)
        self.app.include_router(router, prefix=self.joined("k", name))


class Api:
    @classmethod
    def from_dict(cls, data: dict) -> Api:
        self = cls.__new__(cls)
        self.__dict__.update(data)
        return self

    @classmethod
    def default(cls) -> Api:
        return cls.from_dict({"version": "v9", "name": "default"})

    def router(self) -> APIRouter:
        router = APIRouter(prefix=f"/{self.version}")
        router.add_api_route("/" + self.name, self.show)
        return router

    def show(self):
        return self.name


_kernel: Kernel | None = None


def get_kernel() -> Kernel:
    global _kernel
    if _kernel is None:
        _kernel = Kernel()
    return _kernel
