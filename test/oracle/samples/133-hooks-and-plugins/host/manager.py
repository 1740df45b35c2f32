from __future__ import annotations

import importlib
from operator import attrgetter
from typing import Any, Callable

ENTRY_POINTS = {
    "stats": "host.plugins.stats:Stats",
    "auth": "host.plugins.auth:plugin",
    "broken": "host.plugins.missing:Plugin",
}


class Plugin:
    priority = 50
    name: str

    def routes(self) -> list:
        return []


def hook(name: str, *, priority: int = 0):
    def mark(func: Callable) -> Callable:
        setattr(func, "_hook", (name, priority))
        return func

    return mark


class Manager:
    def __init__(self) -> None:
        self.plugins: list[Plugin] = []
        self.errors: list[str] = []

    def load(self) -> Manager:
        for name, target in ENTRY_POINTS.items():
            module_name, attribute = target.split(":")
            try:
                loaded = getattr(importlib.import_module(module_name), attribute)
            except ImportError:
                self.errors.append(name)
                continue
            plugin = loaded() if isinstance(loaded, type) else loaded
            plugin.name = name
            self.plugins.append(plugin)
        self.plugins.sort(key=attrgetter("priority"), reverse=True)
        return self

    def call(self, hook_name: str, *args: Any) -> list[Any]:
        found = []
        for plugin in self.plugins:
            for attribute in dir(plugin):
                if attribute.startswith("__"):
                    continue
                method = getattr(plugin, attribute)
                marked, priority = getattr(method, "_hook", (None, 0))
                if marked == hook_name:
                    found.append((priority, method))
        found.sort(key=lambda pair: -pair[0])
        return [method(*args) for _, method in found]
