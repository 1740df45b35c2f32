from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import FastAPI
from pydantic import BaseModel, Field

from app import model
from app.model import Prediction

# As many predictions as may be under way, waiting ones included. Whoever comes beyond is told to come back.
MAX_UNDER_WAY = 4


class Features(BaseModel):
    values: Annotated[list[float], Field(min_length=1)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predictions")
async def predict(features: Features) -> Prediction:
    return model.predict(features.values)
