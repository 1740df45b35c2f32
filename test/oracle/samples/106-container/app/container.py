from typing import Any, Callable

from fastapi import Depends


class Container:
    def __init__(self) -> None:
        self._factories: dict[str, Callable[..., Any]] = {}
        self._singletons: dict[str, Any] = {}

    def provider(self, name: str):
        def decorator(factory):
            self._factories[name] = factory
            return factory

        return decorator

    def __getitem__(self, name: str):
        return Depends(self._factories[name])

    def resolve(self, name: str) -> Any:
        if name not in self._singletons:
            self._singletons[name] = self._factories[name]()
        return self._singletons[name]


container = Container()
