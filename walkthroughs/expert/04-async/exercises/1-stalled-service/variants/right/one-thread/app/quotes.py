from pydantic import BaseModel

from app import audit, vendor


class Quote(BaseModel):
    pair: str
    rate: float


def make_quote(pair: str) -> Quote:
    rate = vendor.latest(pair)
    audit.record(pair, rate)
    return Quote(pair=pair, rate=rate)
