import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, Request
from pydantic import BaseModel

from app import rates
from app.receipts import GRACE, SENDERS, send_all


class Order(BaseModel):
    id: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    orders: asyncio.Queue[int] = asyncio.Queue()
    app.state.orders = orders
    running = [asyncio.create_task(send_all(orders)) for _ in range(SENDERS)]
    running.append(asyncio.create_task(rates.keep_fresh()))
    yield
    with suppress(TimeoutError):
        await asyncio.wait_for(orders.join(), GRACE)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


app = FastAPI(lifespan=lifespan)


@app.post("/orders", status_code=202)
async def create_order(order: Order, request: Request) -> Order:
    request.app.state.orders.put_nowait(order.id)
    return order
