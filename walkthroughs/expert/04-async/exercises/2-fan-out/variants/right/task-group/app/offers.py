import asyncio

import httpx
from pydantic import BaseModel

from app.shops import AT_ONCE, DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    turns = asyncio.Semaphore(AT_ONCE)
    offers: list[Offer] = []
    missing: list[str] = []

    async def ask_one(shop: str) -> None:
        async with turns:
            try:
                offers.append(await asyncio.wait_for(ask(client, shop, item), DEADLINE))
            except (TimeoutError, httpx.HTTPError, ValueError):
                missing.append(shop)

    async with asyncio.TaskGroup() as group:
        for shop in SHOPS:
            group.create_task(ask_one(shop))
    offers.sort(key=lambda offer: offer.price)
    return Offers(offers=offers, missing=sorted(missing, key=SHOPS.index))
