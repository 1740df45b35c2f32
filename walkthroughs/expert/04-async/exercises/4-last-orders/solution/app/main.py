import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from pydantic import BaseModel

from app import rates, receipts


class Order(BaseModel):
    id: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    refreshing = asyncio.create_task(rates.keep_fresh())
    yield
    refreshing.cancel()
    await asyncio.wait([refreshing])
    await receipts.finish()


app = FastAPI(lifespan=lifespan)


@app.post("/orders", status_code=202)
async def create_order(order: Order) -> Order:
    receipts.start(order.id)
    return order
