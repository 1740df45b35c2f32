import asyncio

from fastapi import FastAPI, HTTPException

from app import vendor
from app.quotes import Quote, make_quote

ATTEMPTS = 3

app = FastAPI()


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/quotes/{pair}")
async def quote(pair: str) -> Quote:
    for _ in range(ATTEMPTS):
        try:
            return await make_quote(pair)
        except vendor.Busy:
            await asyncio.sleep(0.2)
    raise HTTPException(503, "the vendor is busy")
