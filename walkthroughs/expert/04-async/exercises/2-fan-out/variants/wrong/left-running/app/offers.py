import asyncio

import httpx
from pydantic import BaseModel

from app.shops import AT_ONCE, DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask_one(shop: str) -> Offer | None:
        try:
            async with gate:
                return await ask(client, shop, item)
        except (httpx.HTTPError, ValueError):
            return None

    tasks = [asyncio.create_task(ask_one(shop)) for shop in SHOPS]
    done, _ = await asyncio.wait(tasks, timeout=DEADLINE)
    found = [task.result() for task in done]
    offers = sorted((offer for offer in found if offer), key=lambda offer: offer.price)
    answered = {offer.shop for offer in offers}
    return Offers(offers=offers, missing=[shop for shop in SHOPS if shop not in answered])
