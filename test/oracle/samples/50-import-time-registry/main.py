import domain  # noqa: F401
from fastapi import FastAPI
from registry import NAMED, ROUTERS

app = FastAPI()
for router in ROUTERS:
    app.include_router(router, prefix="/shop")
for name, router in sorted(NAMED.items()):
    app.include_router(router, prefix=f"/{name}")
