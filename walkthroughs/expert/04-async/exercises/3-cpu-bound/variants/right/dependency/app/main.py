import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel, Field

from app import model
from app.model import Prediction

MAX_UNDER_WAY = 4


class Features(BaseModel):
    values: Annotated[list[float], Field(min_length=1)]


class Places:
    """A pool of processes with room for a few predictions."""

    def __init__(self, pool: Executor) -> None:
        self.pool = pool
        self.places = asyncio.Semaphore(MAX_UNDER_WAY)

    async def run(self, values: list[float]) -> Prediction:
        if self.places.locked():
            raise HTTPException(503, "too many predictions", headers={"Retry-After": "1"})
        async with self.places:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.pool, model.predict, values)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    app.state.places = Places(pool)
    yield
    await asyncio.to_thread(pool.shutdown, cancel_futures=True)


app = FastAPI(lifespan=lifespan)


def get_places(request: Request) -> Places:
    return request.app.state.places


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predictions")
async def predict(features: Features, places: Annotated[Places, Depends(get_places)]) -> Prediction:
    return await places.run(features.values)
