from collections.abc import Iterator

import pytest
from app import runs
from app.main import app
from app.runs import Run
from fastapi.testclient import TestClient

client = TestClient(app)


def ask(path: str) -> object:
    """What the dashboard gets."""
    answer = client.get(path)
    assert answer.status_code == 200, f"GET {path} was answered with {answer.status_code}"
    said = answer.json()
    assert said is not None, f"GET {path} was answered with null"
    assert not isinstance(said, str), f"GET {path} was answered with a text: {answer.text}"
    return said


@pytest.fixture
def ensemble() -> Iterator[dict[str, object]]:
    """A run that comes while the service is up, better than all others."""
    run = Run("ensemble", 0.91)
    runs.RUNS.append(run)
    yield {"name": "ensemble", "accuracy": 0.91}
    runs.RUNS.remove(run)


def test_the_service_says_that_it_is_up():
    assert ask("/health") == {"status": "ok"}


def test_all_runs_are_listed():
    assert ask("/runs") == [
        {"name": "baseline", "accuracy": 0.71},
        {"name": "augmented", "accuracy": 0.83},
        {"name": "distilled", "accuracy": 0.79},
    ]


def test_the_best_run_is_found():
    assert ask("/runs/best") == {"name": "augmented", "accuracy": 0.83}


def test_a_run_that_comes_later_counts_too(ensemble):
    assert ensemble in ask("/runs"), "the new run is not in the list"
    assert ask("/runs/best") == ensemble, "a better run came, and the old one is still the best"


def test_the_docs_page_shows_all_three():
    paths = client.get("/openapi.json").json()["paths"]
    missing = [path for path in ("/health", "/runs", "/runs/best") if "get" not in paths.get(path, {})]
    assert missing == [], f"the docs page has no GET {' and no GET '.join(missing)}"
