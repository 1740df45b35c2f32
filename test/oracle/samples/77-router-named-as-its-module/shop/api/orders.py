from fastapi import APIRouter

orders = APIRouter(prefix="/orders")


@orders.get("")
def list_orders() -> list[str]:
    return []
