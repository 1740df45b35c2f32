from fastapi import APIRouter

router = APIRouter(prefix="/line-up")


@router.get("/{day}")
def line_up(day: str) -> str:
    return day
