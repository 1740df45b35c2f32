from fastapi import APIRouter

bids = APIRouter(prefix="/bids")
sandbox = APIRouter(prefix="/sandbox")
sealed = APIRouter(prefix="/sealed")


@bids.post("/{lot}")
def place_bid(lot: int) -> int:
    return lot


@sandbox.delete("/all")
def reset() -> None:
    return None


@sealed.get("/")
def sealed_bids() -> list[int]:
    return []
