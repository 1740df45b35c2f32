import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, Request
from pydantic import BaseModel

from app import rates
from app.receipts import GRACE, Receipts


class Order(BaseModel):
    id: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    with suppress(TimeoutError):
        async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
            refreshing = group.create_task(rates.keep_fresh())
            app.state.receipts = Receipts(group)
            yield
            refreshing.cancel()
            limit.reschedule(asyncio.get_running_loop().time() + GRACE)


app = FastAPI(lifespan=lifespan)


@app.post("/orders", status_code=202)
async def create_order(order: Order, request: Request) -> Order:
    request.app.state.receipts.start(order.id)
    return order
