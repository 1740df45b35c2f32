from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field

from app.runs import RUNS, Run

app = FastAPI(title="Training runs")


class Filter(BaseModel):
    tag: list[str] = []
    state: Literal["running", "done", "failed"] | None = None
    limit: int = Field(10, ge=1, le=100)

    def fits(self, run: Run) -> bool:
        return set(self.tag) <= set(run.tags) and self.state in (None, run.state)


@app.get("/runs")
def list_runs(wanted: Annotated[Filter, Query()]) -> list[Run]:
    return [run for run in RUNS if wanted.fits(run)][: wanted.limit]


@app.get("/runs/latest")
def latest_run() -> Run:
    return RUNS[0]


@app.get("/runs/{name}")
def read_run(name: str) -> Run:
    for run in RUNS:
        if run.name == name:
            return run
    raise HTTPException(404, f"there is no run {name}")
