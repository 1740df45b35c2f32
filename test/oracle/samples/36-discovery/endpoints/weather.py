from fastapi import APIRouter

router = APIRouter(prefix="/weather")


@router.get("/{city}")
def forecast(city: str) -> str:
    return city
