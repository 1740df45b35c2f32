from fastapi import APIRouter, FastAPI

from helpers import V1, get_routes, include_all

roads, bridges = APIRouter(prefix="/roads"), APIRouter(prefix="/bridges")
app = FastAPI(**{"title": "Maps"})


def closures() -> list[str]:
    return []


def traffic() -> int:
    return 0


get_routes(roads, {"/closures": closures, "/traffic": traffic})
get_routes(bridges, {"/closures": closures}, methods=("GET", "POST"))
include_all(app, roads, bridges, **V1)
include_all(app, *[roads], prefix="/legacy")
options = {**V1, "prefix": "/v2"}
app.include_router(bridges, **options)
