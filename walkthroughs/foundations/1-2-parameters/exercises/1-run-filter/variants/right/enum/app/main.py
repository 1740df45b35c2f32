from enum import Enum
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query

from app.runs import RUNS, Run


class State(str, Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


app = FastAPI()


@app.get("/runs/latest")
async def latest() -> Run:
    return RUNS[0]


@app.get("/runs/{name}")
async def one(name: Annotated[str, Path(min_length=1)]) -> Run:
    found = {run.name: run for run in RUNS}.get(name)
    if found is None:
        raise HTTPException(404)
    return found


@app.get("/runs")
async def runs(
    tag: list[str] | None = Query(None),
    state: State | None = None,
    limit: int = Query(10, gt=0, lt=101),
) -> list[Run]:
    wanted = set(tag or [])
    found = [run for run in RUNS if wanted <= set(run.tags)]
    if state is not None:
        found = [run for run in found if run.state == state.value]
    return found[:limit]
