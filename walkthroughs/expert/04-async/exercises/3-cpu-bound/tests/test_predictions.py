import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from app import model
from app.main import app

WIDE = {"values": [0.5, 1.5, -2.0]}
MAX_UNDER_WAY = 4


@asynccontextmanager
async def service() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app):
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            # The first one starts the process, and that takes its time.
            await client.post("/predictions", json=WIDE)
            yield client


def test_a_prediction_is_made_by_another_process():
    async def run() -> httpx.Response:
        async with service() as client:
            return await client.post("/predictions", json=WIDE)

    answer = asyncio.run(run()).json()
    assert multiprocessing.active_children() == [], "a process is left behind after the stop"
    assert answer["score"] == model.predict(WIDE["values"]).score
    assert answer["process"] != os.getpid(), "the process that answers requests computed it"


def test_processes_stay_from_one_prediction_to_the_next():
    async def run() -> set[int]:
        async with service() as client:
            answers = [await client.post("/predictions", json=WIDE) for _ in range(8)]
        return {answer.json()["process"] for answer in answers}

    processes = asyncio.run(run())
    assert len(processes) < 8, "each prediction started a process of its own"


def test_who_comes_beyond_the_limit_is_told_to_come_back():
    async def run() -> list[httpx.Response]:
        async with service() as client:
            posts = [client.post("/predictions", json=WIDE) for _ in range(12)]
            return await asyncio.gather(*posts)

    answers = asyncio.run(run())
    refused = [answer for answer in answers if answer.status_code == 503]
    assert [answer.status_code for answer in answers].count(200) >= MAX_UNDER_WAY
    assert refused, "twelve at a time, and all of them had to wait"
    assert len(refused) <= 12 - MAX_UNDER_WAY, "somebody was refused though there was a place"
    assert all("retry-after" in answer.headers for answer in refused)


def test_places_of_those_that_fail_are_given_back():
    async def run() -> list[int]:
        async with service() as client:
            # exp() of it is too large: the model raises OverflowError, and the client gets a 500.
            failing = [await client.post("/predictions", json={"values": [-1e6]}) for _ in range(6)]
            assert {answer.status_code for answer in failing} <= {500, 503}
            return [(await client.post("/predictions", json=WIDE)).status_code]

    assert asyncio.run(run()) == [200], "failed predictions kept their places"
