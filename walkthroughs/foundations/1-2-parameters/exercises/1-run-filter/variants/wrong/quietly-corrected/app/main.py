"""What the lab asks about its training runs."""

from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Query

from app.runs import RUNS, Run

app = FastAPI(title="Training runs")


@app.get("/runs")
def list_runs(
    tag: Annotated[list[str], Query()] = [],
    state: Literal["running", "done", "failed"] | None = None,
    limit: int = 10,
) -> list[Run]:
    """The runs that have all these tags and are in this state, the newest first."""
    found = [
        run
        for run in RUNS
        if all(each in run.tags for each in tag) and (state is None or run.state == state)
    ]
    return found[: max(1, min(limit, 100))]


@app.get("/runs/latest")
def latest_run() -> Run:
    return RUNS[0]


@app.get("/runs/{name}")
def read_run(name: str) -> Run:
    for run in RUNS:
        if run.name == name:
            return run
    raise HTTPException(404, f"there is no run {name}")
