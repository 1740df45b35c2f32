from fastapi import APIRouter

from . import baskets
from .products import router as products

router = APIRouter(prefix="/v1")
router.include_router(products)
router.include_router(baskets.router, prefix="/baskets")
