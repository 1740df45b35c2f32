from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, Field

from app import model
from app.model import Prediction

MAX_UNDER_WAY = 4
places = BoundedSemaphore(MAX_UNDER_WAY)


class Features(BaseModel):
    values: Annotated[list[float], Field(min_length=1)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predictions")
def predict(features: Features, request: Request) -> Prediction:
    if not places.acquire(blocking=False):
        raise HTTPException(503, "too many predictions", headers={"Retry-After": "2"})
    try:
        return request.app.state.pool.submit(model.predict, features.values).result()
    finally:
        places.release()
