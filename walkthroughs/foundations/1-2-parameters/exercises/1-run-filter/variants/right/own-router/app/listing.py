from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query

from app.runs import RUNS, Run

router = APIRouter()


@router.get("")
def list_runs(
    tag: Annotated[set[str], Query()] = set(),
    state: Annotated[str | None, Query(pattern="^(running|done|failed)$")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[Run]:
    found = (run for run in RUNS if tag.issubset(run.tags) and (not state or run.state == state))
    return list(islice(found, limit))


@router.get("/latest")
def latest_run() -> Run:
    return RUNS[0]
