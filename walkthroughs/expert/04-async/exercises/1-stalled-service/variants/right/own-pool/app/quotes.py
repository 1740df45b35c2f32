import asyncio
from concurrent.futures import ThreadPoolExecutor

from pydantic import BaseModel

from app import audit, vendor

calls = ThreadPoolExecutor(max_workers=8, thread_name_prefix="vendor")


class Quote(BaseModel):
    pair: str
    rate: float


def fetch(pair: str) -> float:
    rate = vendor.latest(pair)
    audit.record(pair, rate)
    return rate


async def make_quote(pair: str) -> Quote:
    loop = asyncio.get_running_loop()
    rate = await loop.run_in_executor(calls, fetch, pair)
    return Quote(pair=pair, rate=rate)
