from fastapi import APIRouter

router = APIRouter(prefix="/refunds")


@router.post("/{order_id}")
def refund(order_id: int) -> int:
    return order_id
