from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel


def make_crud_router(
    model: type[BaseModel], prefix: str, *, readonly: bool = False
) -> APIRouter:
    router = APIRouter(prefix=prefix, tags=[model.__name__])

    @router.get("/", name=f"list_{model.__name__.lower()}")
    def list_all() -> list[Any]:
        return []

    @router.get("/{item_id}")
    def read_one(item_id: int) -> Any:
        return item_id

    if not readonly:

        @router.post("/", status_code=201)
        def create_one(item: model) -> Any:  # type: ignore[valid-type]
            return item

        @router.put("/{item_id}")
        def replace_one(item_id: int, item: model) -> Any:  # type: ignore[valid-type]
            return item

        @router.delete("/{item_id}", status_code=204)
        def delete_one(item_id: int) -> None:
            return None

    return router
