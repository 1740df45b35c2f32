from fastapi import FastAPI

from app import invoices, ops, orders
from app.config import legacy_api, settings

app = FastAPI()

for name in settings.modules:
    app.include_router({"orders": orders, "invoices": invoices}[name].router, prefix=settings.api.prefix)

app.include_router(orders.router, prefix=legacy_api.prefix, deprecated=True)

if settings.metrics:
    app.include_router(ops.metrics, prefix=settings.admin_prefix)
if settings.tracing:
    app.include_router(ops.tracing, prefix=settings.admin_prefix)
