from fastapi import APIRouter

__all__ = ("orders_router",)

orders_router = APIRouter()
catalog_router = APIRouter(prefix="/never")


@orders_router.post("/orders")
def place_order() -> dict[str, bool]:
    return {"placed": True}


@catalog_router.get("/seen")
def never_seen() -> None: ...
