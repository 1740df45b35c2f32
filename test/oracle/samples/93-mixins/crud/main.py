from fastapi import FastAPI

from .boats import BoatRoutes, HarbourRoutes
from .mixins import ListMixin
from .routers import ApiRouter, SeaRouter

app = FastAPI()
app.include_router(BoatRoutes().router)
app.include_router(HarbourRoutes().router)
app.include_router(HarbourRoutes("south").router, prefix="/s")

sea = SeaRouter("/tides")
ListMixin("levels", router=sea)
app.include_router(sea)
app.include_router(plain := ApiRouter())


@plain.get("/ping")
def ping():
    return 1
