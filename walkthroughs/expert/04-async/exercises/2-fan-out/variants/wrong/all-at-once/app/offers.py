import asyncio

import httpx
from pydantic import BaseModel

from app.shops import DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    async def ask_one(shop: str) -> Offer | None:
        try:
            async with asyncio.timeout(DEADLINE):
                return await ask(client, shop, item)
        except (TimeoutError, httpx.HTTPError, ValueError):
            return None

    found = await asyncio.gather(*(ask_one(shop) for shop in SHOPS))
    offers = sorted((offer for offer in found if offer), key=lambda offer: offer.price)
    answered = {offer.shop for offer in offers}
    return Offers(offers=offers, missing=[shop for shop in SHOPS if shop not in answered])
