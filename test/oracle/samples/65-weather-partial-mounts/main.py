from functools import partial

from fastapi import APIRouter, FastAPI
from forecast import hourly, sockets

make_app = partial(FastAPI, docs_url=None, redoc_url=None)
application = make_app(title="Weather")
include = partial(application.include_router, prefix="/weather")
stations = APIRouter()


@stations.get("/stations")
def list_stations() -> list[str]:
    return []


include(stations)
include(hourly, prefix="/hourly")
include(sockets, tags=["live"])

apps = {f"/{region}": make_app(title=region) for region in ("north", "south")}
for path, sub in apps.items():
    sub.include_router(hourly)
    application.mount(path, sub, name=path.strip("/"))
