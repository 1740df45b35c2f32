from fastapi import APIRouter

router = APIRouter(prefix="/kitchen")


@router.get("/orders")
def open_orders() -> list[str]:
    return []
