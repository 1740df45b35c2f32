import asyncio

import httpx
from pydantic import BaseModel

from app.shops import AT_ONCE, DEADLINE, SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    waiting = list(SHOPS)
    found: dict[str, Offer] = {}

    async def work() -> None:
        while waiting:
            shop = waiting.pop(0)
            try:
                async with asyncio.timeout(DEADLINE):
                    found[shop] = await ask(client, shop, item)
            except (TimeoutError, httpx.HTTPError, ValueError):
                continue

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work())
    return Offers(
        offers=sorted(found.values(), key=lambda offer: offer.price),
        missing=[shop for shop in SHOPS if shop not in found],
    )
