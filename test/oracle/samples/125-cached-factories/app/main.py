from fastapi import FastAPI

from .routers import add_ping, areas, router_for

app = FastAPI()
for area in areas() * 2:
    add_ping(area)
for area in areas():
    if not any(getattr(route, "path", "").startswith("/taken") for route in app.routes):
        app.include_router(router_for(area))
    if router_for(area) is router_for("north"):
        app.include_router(router_for(area), prefix="/same")
