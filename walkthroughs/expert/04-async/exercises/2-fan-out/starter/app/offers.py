import httpx
from pydantic import BaseModel

from app.shops import SHOPS, Offer, ask


class Offers(BaseModel):
    offers: list[Offer]
    missing: list[str]


async def collect(client: httpx.AsyncClient, item: str) -> Offers:
    found = []
    for shop in SHOPS:
        found.append(await ask(client, shop, item))
    return Offers(offers=sorted(found, key=lambda offer: offer.price), missing=[])
