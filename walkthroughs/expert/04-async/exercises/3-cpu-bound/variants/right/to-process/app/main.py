from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from anyio import CapacityLimiter, to_process
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from app import model
from app.model import Prediction

MAX_UNDER_WAY = 4


class Features(BaseModel):
    values: Annotated[list[float], Field(min_length=1)]


class Counter:
    value = 0


under_way = Counter()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.processes = CapacityLimiter(2)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predictions")
async def predict(features: Features) -> Prediction:
    if under_way.value >= MAX_UNDER_WAY:
        raise HTTPException(503, "too many predictions", headers={"Retry-After": "1"})
    under_way.value += 1
    try:
        limiter = app.state.processes
        return await to_process.run_sync(model.predict, features.values, limiter=limiter)
    finally:
        under_way.value -= 1
