import asyncio

import httpx
from pydantic import BaseModel

from app.shops import AT_ONCE, DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    gate = asyncio.Semaphore(AT_ONCE)
    found: list[Offer | None] = []

    async def ask_one(shop: str) -> None:
        async with gate:
            try:
                found.append(await ask(client, shop, item))
            except (httpx.HTTPError, ValueError):
                found.append(None)

    try:
        # All shops share the half second: who waits for a turn loses it.
        async with asyncio.timeout(DEADLINE):
            await asyncio.gather(*(ask_one(shop) for shop in SHOPS))
    except TimeoutError:
        pass
    offers = sorted((offer for offer in found if offer), key=lambda offer: offer.price)
    answered = {offer.shop for offer in offers}
    return Offers(offers=offers, missing=[shop for shop in SHOPS if shop not in answered])
