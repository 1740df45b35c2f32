from fastapi import APIRouter

from app import runs
from app.runs import Run

router = APIRouter(prefix="/runs")


@router.get("")
def list_runs() -> list[Run]:
    return runs.RUNS


router.add_api_route("/best", runs.best)
