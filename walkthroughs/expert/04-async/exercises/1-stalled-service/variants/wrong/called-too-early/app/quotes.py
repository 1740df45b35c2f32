from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from app import audit, vendor


class Quote(BaseModel):
    pair: str
    rate: float


async def make_quote(pair: str) -> Quote:
    rate = await run_in_threadpool(lambda rate=vendor.latest(pair): rate)
    await run_in_threadpool(audit.record, pair, rate)
    return Quote(pair=pair, rate=rate)
