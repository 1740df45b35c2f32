from functools import cached_property, lru_cache

from fastapi import APIRouter, FastAPI


class Component:
    name = "component"
    version = 1

    @cached_property
    def router(self) -> APIRouter:
        router = APIRouter(prefix=f"/{self.name}")
        self.routes(router)
        return router

    def routes(self, router: APIRouter) -> None:
        @router.get("/version", name=f"{self.name}_version")
        def version():
            return self.version


class Billing(Component):
    name = "billing"

    def routes(self, router: APIRouter) -> None:
        super().routes(router)
        router.post("/charge")(self.charge)

    def charge(self, cents: int):
        return cents


class Server:
    def __init__(self, *components: Component) -> None:
        self.components = components

    @cached_property
    def app(self) -> FastAPI:
        app = FastAPI()
        for component in self.components:
            app.include_router(component.router)
        return app


@lru_cache(maxsize=1)
def get_server() -> Server:
    return Server(Billing(), Component())
