from fastapi import APIRouter

from endpoints._shared import UNITS

router = APIRouter(prefix="/stations")


@router.get("/")
def list_stations() -> list[str]:
    return list(UNITS)
