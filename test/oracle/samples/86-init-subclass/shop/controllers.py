from typing import Any, Callable, ClassVar

from fastapi import APIRouter, Depends


def endpoint(method: str, path: str, **options: Any) -> Callable:
    def mark(func):
        func.__endpoint__ = (method, path, options)
        return func

    return mark


class Controller:
    router: ClassVar[APIRouter]
    controllers: ClassVar[list[type["Controller"]]] = []

    def __init_subclass__(cls, /, prefix: str = "", guards: tuple = (), **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.router = APIRouter(prefix=prefix, dependencies=[Depends(guard) for guard in guards])
        cls.controllers.append(cls)

    @classmethod
    def mount(cls) -> APIRouter:
        instance = cls()
        for name, attribute in cls.__dict__.items():
            spec = getattr(attribute, "__endpoint__", None)
            if spec is None:
                continue
            method, path, options = spec
            cls.router.add_api_route(path, getattr(instance, name), methods=[method], **options)
        return cls.router
