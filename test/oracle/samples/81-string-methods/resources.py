from fastapi import APIRouter

from naming import kebab, plural


class StockItem:
    pass


class Category:
    pass


class PurchaseOrder:
    pass


def router_for(model: type) -> APIRouter:
    router = APIRouter(prefix="/" + plural(kebab(model.__name__)))

    @router.get("/", name=f"list_{model.__name__.lower()}")
    def list_all():
        return []

    @router.get("/{id}", name=f"get_{model.__name__.lower()}")
    def get_one(id: int):
        return id

    return router
