from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

T = TypeVar("T")


def route(path: str, *methods: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__route__ = (path, list(methods))  # type: ignore[attr-defined]
        return function

    return mark


def controller(router: APIRouter) -> Callable[[type[T]], type[T]]:
    def decorate(cls: type[T]) -> type[T]:
        instance = cls()
        for name, member in vars(cls).items():
            marked = getattr(member, "__route__", None)
            if marked is None:
                continue
            path, methods = marked
            router.add_api_route(path, getattr(instance, name), methods=methods)
        return cls

    return decorate
