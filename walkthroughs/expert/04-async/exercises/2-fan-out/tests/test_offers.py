import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from app.main import app, get_client
from app.shops import AT_ONCE, SHOPS

PRICES = {"alpine": 30.0, "borealis": 10.0, "cedar": 50.0, "dune": 20.0, "ember": 40.0}
Answer = Callable[[str], Awaitable[httpx.Response]]


class Shops:
    """The five shops, and what they notice of us."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.running = 0
        self.most = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        shop = request.url.host.split(".")[0]
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            return await self.answers.get(shop, quick)(shop)
        finally:
            self.running -= 1


async def quick(shop: str) -> httpx.Response:
    for _ in range(5):
        await asyncio.sleep(0)
    return httpx.Response(200, json={"price": PRICES[shop]})


async def never(shop: str) -> httpx.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def broken(shop: str) -> httpx.Response:
    return httpx.Response(500, text="we are sorry")


async def nonsense(shop: str) -> httpx.Response:
    return httpx.Response(200, text="<html>Offers!</html>")


@pytest.fixture(autouse=True)
def no_overrides():
    yield
    app.dependency_overrides.clear()


def ask(shops: Shops) -> dict[str, object]:
    """What `GET /offers/lamp` answers, within three seconds; the calls that are still under way after it count as a fault."""

    async def run() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.MockTransport(shops), timeout=None) as client:
            app.dependency_overrides[get_client] = lambda: client
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
                answer = await http.get("/offers/lamp")
                # What was cancelled gets its turn to end.
                await asyncio.sleep(0.01)
                assert shops.running == 0, f"{shops.running} calls went on after the answer"
                return answer

    try:
        answer = asyncio.run(asyncio.wait_for(run(), timeout=3))
    except TimeoutError:
        pytest.fail("there was no answer within three seconds")
    assert answer.status_code == 200, f"one shop made it {answer.status_code} for everybody"
    return answer.json()


def shops_of(answer: dict[str, object]) -> list[str]:
    return [offer["shop"] for offer in answer["offers"]]


def test_the_cheapest_offer_comes_first():
    answer = ask(Shops())
    assert shops_of(answer) == ["borealis", "dune", "alpine", "ember", "cedar"]
    assert answer["missing"] == []


def test_shops_are_asked_at_the_same_time():
    shops = Shops()
    ask(shops)
    assert shops.most > 1, "each shop waited for the one before it"


def test_never_more_than_three_calls_at_a_time():
    shops = Shops()
    ask(shops)
    assert shops.most <= AT_ONCE, f"{shops.most} calls at a time"


def test_a_shop_that_does_not_answer_is_missing():
    answer = ask(Shops(cedar=never))
    assert answer["missing"] == ["cedar"]
    assert shops_of(answer) == ["borealis", "dune", "alpine", "ember"]


def test_slow_ones_take_nothing_from_those_that_wait_for_a_turn():
    answer = ask(Shops(alpine=never, borealis=never, cedar=never))
    assert shops_of(answer) == ["dune", "ember"], "a shop lost its time while it waited for its turn"


@pytest.mark.parametrize("fault", [broken, nonsense])
def test_a_shop_that_fails_is_missing(fault):
    answer = ask(Shops(alpine=fault))
    assert answer["missing"] == ["alpine"]
    assert shops_of(answer) == ["borealis", "dune", "ember", "cedar"]


def test_no_shop_answers():
    answer = ask(Shops(**dict.fromkeys(SHOPS, broken)))
    assert answer == {"offers": [], "missing": SHOPS}
