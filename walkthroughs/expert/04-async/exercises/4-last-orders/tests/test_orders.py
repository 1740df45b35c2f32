import asyncio
import logging

import httpx
import pytest
from app import exchange, mail
from app.main import app


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The receipts that the provider took."""
    taken: list[int] = []

    async def send(order: int) -> None:
        await asyncio.sleep(0.05)
        if order == 13:
            raise mail.Refused(order)
        taken.append(order)

    monkeypatch.setattr(mail, "send", send)
    return taken


# Tasks that could not be stopped: nobody may ask them to end a second time.
LEFT: list[object] = []


def serve(*orders: int, meanwhile: float = 0) -> None:
    """Starts the service, posts the orders, and stops it at once; it must stop within two seconds."""

    async def live(started: asyncio.Event, stop: asyncio.Event) -> None:
        async with app.router.lifespan_context(app):
            started.set()
            await stop.wait()

    async def run() -> bool:
        started, stop = asyncio.Event(), asyncio.Event()
        life = asyncio.create_task(live(started, stop))
        await started.wait()
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            for order in orders:
                answer = await client.post("/orders", json={"id": order})
                assert answer.status_code == 202
        await asyncio.sleep(meanwhile)
        stop.set()
        done, _ = await asyncio.wait([life], timeout=2)
        for task in done:
            task.result()
        LEFT.extend(asyncio.all_tasks())
        return life in done

    loop = asyncio.new_event_loop()
    LEFT.append(loop)
    has_stopped = loop.run_until_complete(run())
    if has_stopped:
        loop.close()
    assert has_stopped, "the service was told to stop, and went on"


def test_the_service_stops_when_it_is_told_to():
    serve()


def test_receipts_of_the_last_orders_are_sent(sent):
    serve(1, 2, 3)
    assert sorted(sent) == [1, 2, 3], f"of three receipts {len(sent)} were sent"


def test_a_receipt_that_fails_is_logged_and_spoils_no_other(sent, caplog):
    with caplog.at_level(logging.WARNING):
        serve(1, 13, 2)
    assert sorted(sent) == [1, 2]
    assert "13" in caplog.text, "nobody is told that order 13 got no receipt"


def test_a_receipt_that_hangs_does_not_keep_the_service(monkeypatch):
    async def hang(order: int) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(mail, "send", hang)
    serve(1)


def test_rates_are_refreshed_also_after_a_failure(monkeypatch):
    loads = []

    async def load() -> dict[str, float]:
        loads.append(1)
        if len(loads) == 1:
            raise ConnectionError
        return {"EUR": 1.0}

    monkeypatch.setattr(exchange, "load", load)
    monkeypatch.setattr(exchange, "INTERVAL", 0.01)
    serve(meanwhile=0.2)
    assert len(loads) > 2, "after the first failure the rates were never loaded again"
