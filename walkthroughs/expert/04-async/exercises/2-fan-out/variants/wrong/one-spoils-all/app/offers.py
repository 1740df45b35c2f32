import asyncio

import httpx
from pydantic import BaseModel

from app.shops import AT_ONCE, DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask_one(shop: str) -> Offer:
        async with gate, asyncio.timeout(DEADLINE):
            return await ask(client, shop, item)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask_one(shop)) for shop in SHOPS]
    found = [task.result() for task in tasks]
    offers = sorted((offer for offer in found if offer), key=lambda offer: offer.price)
    answered = {offer.shop for offer in offers}
    return Offers(offers=offers, missing=[shop for shop in SHOPS if shop not in answered])
