from fastapi import APIRouter


class action:
    """A handler that knows its name."""

    def __init__(self, method: str = "GET", path: str | None = None):
        self.method = method
        self.path = path

    def __call__(self, func):
        self.func = func
        return self

    def __set_name__(self, owner, name):
        path = self.path or f"/{name.replace('_', '-')}"
        owner.actions = [*getattr(owner, "actions", []), (path, self.method, self.func)]
        setattr(owner, name, self.func)


class Configurable:
    def __init__(self) -> None:
        self._prefix = "/default"

    @property
    def prefix(self) -> str:
        return self._prefix

    @prefix.setter
    def prefix(self, value: str) -> None:
        self._prefix = "/" + value.strip("/")


class Panel:
    @action()
    def show_all(self=None):
        return []

    @action("POST", "/reset")
    def reset(self=None):
        return {}


def router_of(panel: type, config: Configurable) -> APIRouter:
    router = APIRouter(prefix=config.prefix)
    for path, method, func in panel.actions:
        router.add_api_route(path, func, methods=[method])
    return router
