from collections.abc import Iterator

import pytest
from app.main import app
from app.runs import RUNS, Run
from fastapi.testclient import TestClient

client = TestClient(app)


def names(url: str) -> list[str]:
    """The runs that are listed."""
    answer = client.get(url)
    assert answer.status_code == 200, f"GET {url} was answered with {answer.status_code}"
    return [run["name"] for run in answer.json()]


def lists(url: str, *expected: str) -> None:
    found = names(url)
    assert found == list(expected), f"GET {url} lists {', '.join(found) or 'nothing'}"


def refused(url: str, parameter: str) -> str:
    """Why this URL is refused, in FastAPI's words."""
    answer = client.get(url)
    assert answer.status_code == 422, f"GET {url} was answered with {answer.status_code}"
    [error] = answer.json()["detail"]
    assert error["loc"] == ["query", parameter], f"GET {url} was refused because of {error['loc']}"
    return error["msg"]


def test_without_a_filter_all_are_listed():
    lists("/runs", "tiny", "distilled", "augmented", "baseline")


def test_one_tag_is_looked_for():
    lists("/runs?tag=vision", "augmented", "baseline")


def test_a_run_must_have_all_the_tags():
    lists("/runs?tag=vision&tag=large", "augmented")


def test_a_state_is_looked_for():
    lists("/runs?state=done", "augmented", "baseline")


def test_a_state_that_there_is_not_is_refused():
    why = refused("/runs?state=finished", "state")
    assert all(state in why for state in ("running", "done", "failed")), why


@pytest.mark.parametrize("limit", [-1, 0, 101])
def test_a_limit_that_makes_no_sense_is_refused(limit):
    refused(f"/runs?limit={limit}", "limit")


@pytest.fixture
def many_runs() -> Iterator[None]:
    before = list(RUNS)
    RUNS[:] = [Run(f"run {number}", "done", []) for number in range(120)]
    yield
    RUNS[:] = before


def test_ten_are_listed_or_as_many_as_one_likes(many_runs):
    assert len(names("/runs")) == 10
    assert len(names("/runs?limit=1")) == 1
    assert len(names("/runs?limit=100")) == 100


def test_the_latest_run_is_found():
    answer = client.get("/runs/latest")
    assert answer.status_code == 200, f"GET /runs/latest was answered with {answer.text}"
    assert answer.json()["name"] == "tiny"


def test_a_run_is_found_by_its_name():
    assert client.get("/runs/baseline").json()["tags"] == ["vision"]
    assert client.get("/runs/unheard-of").status_code == 404
