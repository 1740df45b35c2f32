from fastapi import APIRouter

from ... import __version__
from ...domain.names import PRODUCTS

router = APIRouter(prefix=f"/{PRODUCTS}")


@router.get("/")
def list_products() -> str:
    return __version__
