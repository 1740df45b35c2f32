from fastapi import APIRouter


class BaseView:
    prefix = "/base"

    def __init__(self) -> None:
        self.router = APIRouter(prefix=self.prefix)
        self.router.add_api_route("/", self.index, methods=["GET"])
        self.router.add_api_route("/count", self.count, methods=["GET"], name=f"{self.prefix[1:]}-count")

    async def index(self) -> list[str]:
        return []

    def count(self) -> int:
        return 0


class ParcelView(BaseView):
    prefix = "/parcels"

    def __init__(self, carrier: str) -> None:
        super().__init__()
        self.carrier = carrier
        self.router.add_api_route("/track/{code}", self.track, methods=["GET", "POST"])

    async def index(self) -> list[str]:
        return [self.carrier]

    async def track(self, code: str) -> str:
        return code


class DepotView(BaseView):
    prefix = "/depots"
