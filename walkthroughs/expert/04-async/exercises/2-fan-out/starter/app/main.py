from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, Request

from app import offers
from app.offers import Offers


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with httpx.AsyncClient() as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


def get_client(request: Request) -> httpx.AsyncClient:
    return request.app.state.client


@app.get("/offers/{item}")
async def read_offers(
    item: str, client: Annotated[httpx.AsyncClient, Depends(get_client)]
) -> Offers:
    """The cheapest first, and the shops that had nothing to say."""
    return await offers.collect(client, item)
