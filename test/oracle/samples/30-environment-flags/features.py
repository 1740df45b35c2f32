from fastapi import APIRouter

beta = APIRouter(prefix="/beta")
maintenance = APIRouter(prefix="/maintenance")


@beta.get("/harvest-forecast")
async def harvest_forecast() -> float:
    return 0.5


@maintenance.post("/purge")
async def purge() -> None:
    return None
