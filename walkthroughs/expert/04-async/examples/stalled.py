"""One slow request, two quick ones that come a moment later. Who is answered when?"""

import asyncio
import time

import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/blocks")
async def blocks() -> str:
    time.sleep(0.5)  # the event loop stands still
    return "done"


@app.get("/waits")
async def waits() -> str:
    await asyncio.sleep(0.5)  # the event loop does other things
    return "done"


@app.get("/threads")
def threads() -> str:
    time.sleep(0.5)  # a plain def: FastAPI gave it a thread
    return "done"


@app.get("/health")
async def health() -> str:
    return "ok"


async def try_out(slow: str) -> None:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        started = time.perf_counter()

        async def get(path: str) -> str:
            await http.get(path)
            took = round((time.perf_counter() - started) * 2) / 2
            return f"{path} after {took} s"

        slow_one = asyncio.create_task(get(slow))
        await asyncio.sleep(0.01)
        print(await get("/health"), "|", await slow_one)


async def main() -> None:
    for slow in ("/blocks", "/waits", "/threads"):
        await try_out(slow)


if __name__ == "__main__":
    asyncio.run(main())
