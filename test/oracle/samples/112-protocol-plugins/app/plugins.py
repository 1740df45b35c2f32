from fastapi import APIRouter, FastAPI


class Cache:
    name = "cache"

    def install(self, app: FastAPI) -> None:
        app.add_api_route(f"/{self.name}/purge", self.purge, methods=["POST"])

    def purge(self):
        return 1


class Named:
    name = "named"


class Legacy:
    router = APIRouter(prefix="/legacy")

    @router.get("/old")
    @staticmethod
    def old():
        return 1


def setup_function(app: FastAPI) -> None:
    @app.get("/from-function")
    def inner():
        return 1


PLUGINS = [Cache(), Cache, Named(), Legacy, setup_function]
