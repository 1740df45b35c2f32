from fastapi import APIRouter


class BaseRoutes:
    def __init__(self, name: str, *, router: APIRouter | None = None) -> None:
        self.name = name
        self.router = router or APIRouter(prefix=f"/{name}")
        self.setup()

    def setup(self) -> None:
        pass


class ListMixin(BaseRoutes):
    def setup(self) -> None:
        super().setup()
        self.router.add_api_route("", self.list, methods=["GET"], name=f"{self.name}:list")

    def list(self):
        return []


class CreateMixin(BaseRoutes):
    def setup(self) -> None:
        super().setup()
        self.router.add_api_route("", self.create, methods=["POST"], name=f"{self.name}:create")

    def create(self):
        return {}


class DetailMixin(BaseRoutes):
    detail_path = "/{pk}"

    def setup(self) -> None:
        self.router.add_api_route(self.detail_path, self.detail, methods=["GET"], name=f"{self.name}:detail")
        super().setup()

    async def detail(self, pk: int):
        return pk


class CrudRoutes(ListMixin, CreateMixin, DetailMixin):
    pass
