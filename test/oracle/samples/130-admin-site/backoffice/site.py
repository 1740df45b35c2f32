from __future__ import annotations

from functools import partial
from typing import TypeVar

from fastapi import APIRouter, Depends

A = TypeVar("A", bound="ModelAdmin")


def staff_only(cookie: str = "") -> str:
    return cookie


class ModelAdmin:
    list_only = False
    extra: dict[str, str] = {}

    def __init__(self, model: type, site: AdminSite) -> None:
        self.model = model
        self.site = site
        self.opts = {"name": model.__name__.lower(), "plural": getattr(model, "plural", model.__name__.lower() + "s")}

    @property
    def urls(self):
        name = self.opts["name"]
        yield "", self.changelist, ["GET"], f"{name}_changelist"
        if not self.list_only:
            yield "/add", self.add, ["GET", "POST"], f"{name}_add"
        for action, path in self.extra.items():
            yield path, getattr(self, action), ["POST"], f"{name}_{action}"

    def changelist(self):
        return []

    def add(self):
        return {}


class AdminSite:
    def __init__(self, name: str = "admin") -> None:
        self.name = name
        self._registry: dict[type, ModelAdmin] = {}

    def register(self, model: type, admin_class: type[ModelAdmin] = ModelAdmin) -> None:
        if model in self._registry:
            raise ValueError(model)
        self._registry[model] = admin_class(model, self)

    def admin(self, *models: type):
        def decorator(cls: type[A]) -> type[A]:
            for model in models:
                self.register(model, admin_class=cls)
            return cls

        return decorator

    @property
    def router(self) -> APIRouter:
        router = APIRouter(prefix=f"/{self.name}", dependencies=[Depends(staff_only)])
        for model, admin in self._registry.items():
            add = partial(router.add_api_route, include_in_schema=False)
            for path, view, methods, name in admin.urls:
                add(f"/{admin.opts['plural']}{path}", view, methods=methods, name=name)
        return router


site = AdminSite("back")
