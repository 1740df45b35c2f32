from fastapi import APIRouter

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("/")
async def list_orders():
    return []


@router.get("/{order_id}")
async def read_order(order_id: int):
    return {"id": order_id}
