from fastapi import APIRouter

router = APIRouter(prefix="/orders")


@router.get("/today")
def todays_orders() -> list[str]:
    return []
