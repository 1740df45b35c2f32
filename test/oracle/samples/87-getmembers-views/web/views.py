import inspect
from collections.abc import Iterable

from fastapi import APIRouter


def get(path):
    def decorate(func):
        func._route = ("GET", path)
        return func

    return decorate


def post(path):
    def decorate(func):
        func._route = ("POST", path)
        return func

    return decorate


class View:
    prefix = ""

    def as_router(self) -> APIRouter:
        router = APIRouter(prefix=self.prefix)
        for name, member in self._marked():
            method, path = member._route
            router.add_api_route(path, member, methods=[method], name=f"{type(self).__name__.lower()}:{name}")
        return router

    def _marked(self) -> Iterable:
        return inspect.getmembers(self, predicate=lambda m: inspect.ismethod(m) and hasattr(m, "_route"))

    @get("/_describe")
    def describe(self):
        return self.prefix


class Tickets(View):
    prefix = "/tickets"

    @post("/")
    def open_ticket(self):
        return {}

    @get("/")
    def all_tickets(self):
        return []

    def helper(self):
        return None


class Agents(View):
    prefix = "/agents"

    @get("/{agent_id}")
    async def show(self, agent_id: int):
        return agent_id
