from fastapi import APIRouter


class StocksPlugin:
    name = "stocks"

    def __init__(self) -> None:
        self.router = APIRouter(prefix=f"/{self.name}")
        self.router.add_api_route("/{symbol}", self.quote, methods=["GET"])

    async def quote(self, symbol: str):
        return symbol
