"""Eight URLs. What does the function get, and what is refused before it runs?"""

from typing import Annotated, Literal

from fastapi import FastAPI, Query
from fastapi.testclient import TestClient

RUNS = {1: ("baseline", "done"), 2: ("augmented", "done"), 3: ("distilled", "failed")}

app = FastAPI(title="Training runs")


@app.get("/runs")
def list_runs(
    state: Literal["running", "done", "failed"] | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[str]:
    names = [name for name, known in RUNS.values() if state in (None, known)]
    return names[:limit]


@app.get("/runs/{run_id}")
def read_run(run_id: int) -> str:
    name, state = RUNS[run_id]
    return f"{name} is {state}"


@app.get("/compare")
def compare(run: list[int] = []) -> str:  # a list, and nothing says where it comes from
    return f"{len(run)} runs to compare"


def show_answers() -> None:
    client = TestClient(app)
    for url in [
        "/runs?limit=2",
        "/runs?state=failed",
        "/runs/2",
        "/runs/two",
        "/runs?state=finished",
        "/runs?limit=0",
        "/runs?stat=failed",
        "/compare?run=1&run=3",
    ]:
        answer = client.get(url)
        said = answer.json()
        if answer.status_code == 422:
            [error] = said["detail"]
            said = f"{' '.join(error['loc'])}: {error['msg']}"
        print(f"{url} -> {answer.status_code} {said}")


if __name__ == "__main__":
    show_answers()
