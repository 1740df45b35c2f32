from pydantic import BaseModel

from app import audit, vendor


class Quote(BaseModel):
    pair: str
    rate: float


async def latest(pair: str) -> float:
    return vendor.latest(pair)


async def make_quote(pair: str) -> Quote:
    rate = await latest(pair)
    audit.record(pair, rate)
    return Quote(pair=pair, rate=rate)
