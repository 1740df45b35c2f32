from fastapi import APIRouter

router = APIRouter(prefix="/rooms")


@router.get("/{number:int}")
def read_room(number: int) -> int:
    return number


@router.get("/{floor}")
def rooms_on_floor(floor: str) -> str:
    return floor
