import asyncio
import threading

import httpx
import pytest
from app import audit, vendor
from app.main import app


@pytest.fixture(autouse=True)
def own_log(monkeypatch, tmp_path):
    monkeypatch.setattr(audit, "LOG", tmp_path / "quotes.log")


def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def get(path: str) -> httpx.Response:
    async with client() as http:
        return await http.get(path)


def busy(pair: str) -> float:
    raise vendor.Busy


def test_a_quote_is_answered_and_written_down():
    answer = asyncio.run(get("/quotes/EUR-USD"))
    assert answer.json() == {"pair": "EUR-USD", "rate": 1.08}
    assert audit.LOG.read_text() == "EUR-USD 1.08\n"


def test_others_are_answered_while_the_vendor_takes_its_time(monkeypatch):
    health_answered = threading.Event()
    waited_in_vain = threading.Event()

    def slow(pair: str) -> float:
        if not health_answered.wait(timeout=2):
            waited_in_vain.set()
        return 1.08

    monkeypatch.setattr(vendor, "latest", slow)

    async def ask_both() -> None:
        quote = asyncio.create_task(get("/quotes/EUR-USD"))
        await asyncio.sleep(0.05)
        await get("/health")
        health_answered.set()
        await quote

    asyncio.run(ask_both())
    assert not waited_in_vain.is_set(), "/health was not answered until the quote was there"


def test_others_are_answered_while_we_wait_to_ask_again(monkeypatch):
    monkeypatch.setattr(vendor, "latest", busy)

    async def ask_both() -> bool:
        quote = asyncio.create_task(get("/quotes/EUR-USD"))
        await asyncio.sleep(0.05)
        await get("/health")
        is_first = not quote.done()
        await quote
        return is_first

    assert asyncio.run(ask_both()), "/health was not answered until the vendor was given up"


def test_who_is_busy_for_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(vendor, "latest", busy)
    assert asyncio.run(get("/quotes/EUR-USD")).status_code == 503
