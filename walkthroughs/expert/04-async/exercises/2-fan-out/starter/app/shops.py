"""The shops we ask. Each answers when it likes, what it likes, or not at all. This file stays as it is."""

import httpx
from pydantic import BaseModel

SHOPS = ["alpine", "borealis", "cedar", "dune", "ember"]
# A shop has this many seconds from the moment we ask it.
DEADLINE = 0.5
# The contract with our proxy: never more calls than this at a time.
AT_ONCE = 3


class Offer(BaseModel):
    shop: str
    price: float


async def ask(client: httpx.AsyncClient, shop: str, item: str) -> Offer:
    """Raises `httpx.HTTPError` for a shop that fails, and `ValueError` for one that talks nonsense."""
    response = await client.get(f"http://{shop}.example/offers/{item}")
    response.raise_for_status()
    return Offer(shop=shop, price=response.json()["price"])
