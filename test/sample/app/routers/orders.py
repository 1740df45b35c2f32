import time

from fastapi import APIRouter, BackgroundTasks, HTTPException, status

from app.db import SessionDep
from app.models import Order, OrderLine
from app.routers.users import CurrentUser
from app.schemas import OrderIn, OrderOut
from app.services.mail import send_receipt

router = APIRouter(prefix="/orders", tags=["orders"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def place_order(
    order: OrderIn,
    user: CurrentUser,
    session: SessionDep,
    tasks: BackgroundTasks,
) -> OrderOut:
    row = Order(user_id=user.id, lines=[OrderLine(**line.model_dump()) for line in order.lines])
    session.add(row)
    await session.commit()
    await session.refresh(row)
    tasks.add_task(send_receipt, user.email, row.id)
    return OrderOut.model_validate(row)


@router.get("/{order_id}")
async def get_order(order_id: int, user: CurrentUser, session: SessionDep) -> OrderOut:
    row = await session.get(Order, order_id)
    if row is None or row.user_id != user.id:
        return HTTPException(404, "No such order")
    return OrderOut.model_validate(row)


@router.post("/{order_id}/pay", status_code=status.HTTP_204_NO_CONTENT)
async def pay_order(order_id: int, user: CurrentUser, session: SessionDep) -> None:
    row = await session.get(Order, order_id)
    if row is None or row.user_id != user.id:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such order")
    time.sleep(2)  # the payment provider needs a moment
