from abc import ABC

from fastapi import APIRouter, Request


class View(ABC):
    http_method_names = ["get", "post", "delete"]

    def __init__(self, **initkwargs):
        for key, value in initkwargs.items():
            setattr(self, key, value)

    @classmethod
    def as_view(cls, **initkwargs):
        async def view(request: Request):
            self = cls(**initkwargs)
            handler = getattr(self, request.method.lower())
            return await handler(request)

        view.view_class = cls
        view.__name__ = cls.__name__
        return view

    @classmethod
    def methods(cls):
        return [m.upper() for m in cls.http_method_names if hasattr(cls, m)]


class GetMixin:
    async def get(self, request):
        return {}


class PostMixin:
    async def post(self, request):
        return {}


def path(route, view, *, name=None):
    return route, view, name


def include(patterns, prefix=""):
    router = APIRouter(prefix=prefix)
    for route, view, name in patterns:
        router.add_api_route(route, view, methods=view.view_class.methods(), name=name)
    return router
