"""Three routes. `fastapi dev first.py` serves them; run as a program, the file asks them itself."""

from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.testclient import TestClient


@dataclass
class Run:
    name: str
    accuracy: float


RUNS = [Run("baseline", 0.71), Run("augmented", 0.83)]

app = FastAPI(title="Training runs")


@app.get("/runs")
def list_runs() -> list[Run]:
    return RUNS


@app.get("/runs/count")
def count_runs() -> int:
    return len(RUNS)


@app.get("/runs/worst")
def worst_run():
    print(min(RUNS, key=lambda run: run.accuracy))


def show_answers() -> None:
    client = TestClient(app)
    for method, path in [
        ("GET", "/runs"),
        ("GET", "/runs/count"),
        ("GET", "/runs/worst"),
        ("GET", "/run"),
        ("POST", "/runs"),
    ]:
        answer = client.request(method, path)
        print(f"{method} {path} -> {answer.status_code} {answer.text}")


if __name__ == "__main__":
    show_answers()
