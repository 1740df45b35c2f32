from registry import public, rpc

from api import app  # noqa: I001


@rpc
def create_order() -> bool:
    return True


@rpc
async def cancel_order() -> bool:
    return True


@public("stock")
def stock_levels() -> list[int]:
    return []


@public("stock/{sku}", method="DELETE")
def drop_stock(sku: str) -> str:
    return sku


__all__ = ["app"]
