from typing import Any, Generic, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel

Schema = TypeVar("Schema", bound=BaseModel)


class CrudRouter(APIRouter, Generic[Schema]):
    def __init__(
        self,
        schema: type[Schema],
        prefix: str | None = None,
        *,
        create: bool = True,
        delete: bool = False,
        **kwargs: Any,
    ) -> None:
        path = prefix if prefix is not None else f"/{schema.__name__.lower()}s"
        super().__init__(prefix=path, **kwargs)
        self.schema = schema
        self.add_api_route("", self.get_all(), methods=["GET"])
        if create:
            self.add_api_route("", self.create, methods=["POST"], status_code=201)
        if delete:
            self.add_api_route("/{item_id}", self.delete_one, methods=["DELETE"])

    def get_all(self) -> Any:
        async def route() -> list[Any]:
            return []

        return route

    async def create(self) -> bool:
        return True

    async def delete_one(self, item_id: int) -> int:
        return item_id
