from .controllers import Controller, endpoint
from .guards import require_admin, require_key


class Catalog(Controller, prefix="/catalog"):
    @endpoint("GET", "/")
    def index(self):
        return []

    @endpoint("GET", "/{sku}", name="catalog-entry")
    async def entry(self, sku: str):
        return sku


class Stock(Controller, prefix="/stock", guards=(require_key, require_admin)):
    @endpoint("PUT", "/{sku}")
    def adjust(self, sku: str, amount: int):
        return amount
