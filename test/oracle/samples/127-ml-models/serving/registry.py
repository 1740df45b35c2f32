from __future__ import annotations

from collections import defaultdict
from typing import Any, Callable, NamedTuple


class Version(NamedTuple):
    major: int
    minor: int = 0

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: str) -> Version:
        return cls(*map(int, text.lstrip("v").split(".")))


class ModelRegistry:
    def __init__(self) -> None:
        self._models: dict[str, dict[Version, Callable[..., Any]]] = defaultdict(dict)

    def register(self, name: str, version: str = "1.0"):
        def wrap(predict):
            self._models[name][Version.parse(version)] = predict
            return predict

        return wrap

    def latest(self, name: str) -> Version:
        return max(self._models[name])

    def __iter__(self):
        for name, versions in self._models.items():
            for version in sorted(versions):
                yield name, version, versions[version]


registry = ModelRegistry()
