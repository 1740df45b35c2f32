import asyncio

import httpx
from pydantic import BaseModel

from app.shops import AT_ONCE, DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    gate = asyncio.Semaphore(AT_ONCE)

    async def in_turn(shop: str) -> Offer:
        async with gate:
            return await asyncio.wait_for(ask(client, shop, item), DEADLINE)

    answers = await asyncio.gather(*map(in_turn, SHOPS), return_exceptions=True)
    offers = [answer for answer in answers if isinstance(answer, Offer)]
    missing = [
        shop
        for shop, answer in zip(SHOPS, answers, strict=True)
        if isinstance(answer, BaseException)
    ]
    return Offers(offers=sorted(offers, key=lambda offer: offer.price), missing=missing)
