import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Annotated

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, Field

from app import model
from app.model import Prediction

WORKERS = 2
# As many predictions as may be under way, waiting ones included. Whoever comes beyond is told to come back.
MAX_UNDER_WAY = 4


class Features(BaseModel):
    values: Annotated[list[float], Field(min_length=1)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    # "spawn": a forked child would inherit the event loop's threads and locks.
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        app.state.pool = pool
        app.state.under_way = 0
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predictions")
async def predict(features: Features, request: Request) -> Prediction:
    state = request.app.state
    if state.under_way >= MAX_UNDER_WAY:
        raise HTTPException(503, "too many predictions", headers={"Retry-After": "1"})
    state.under_way += 1
    loop = asyncio.get_running_loop()
    prediction = await loop.run_in_executor(state.pool, model.predict, features.values)
    state.under_way -= 1
    return prediction
