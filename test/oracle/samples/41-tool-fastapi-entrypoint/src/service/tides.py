from fastapi import APIRouter

router = APIRouter(prefix="/tides")


@router.get("/{harbour}/{date}")
def tide(harbour: str, date: str) -> str:
    return harbour + date
