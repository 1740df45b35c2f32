from contextlib import suppress
from importlib.util import find_spec

from fastapi import APIRouter, FastAPI

app = FastAPI()
extras: list[APIRouter] = []

with suppress(ImportError):
    import oven_controller_sdk

    extras.append(oven_controller_sdk.router)

with suppress(ImportError):
    from orders import router as orders_router

    extras.append(orders_router)

try:
    from loyalty_cards_pro import router as loyalty
except ImportError:
    loyalty = APIRouter(prefix="/loyalty")

    @loyalty.get("/")
    def not_installed() -> str:
        return "not installed"

finally:
    app.add_api_route("/ready", lambda: True, name="ready")

if find_spec("prometheus_bakery_exporter") is None:

    @app.get("/metrics")
    def no_metrics() -> str:
        return ""

else:
    from prometheus_bakery_exporter import metrics_router

    app.include_router(metrics_router)

for extra in extras + [loyalty]:
    app.include_router(extra, prefix="/bakery")
