from fastapi import APIRouter

from shop.api import refunds
from shop.api.orders import orders

import shop.api.receipts

api = APIRouter(prefix="/api")
api.include_router(orders)
api.include_router(refunds.router)
