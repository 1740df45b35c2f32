from fastapi import FastAPI

from features import public_routers, routers

app = FastAPI()
for router in routers:
    app.include_router(router, prefix="/internal")
for router in public_routers:
    app.include_router(router, prefix="/public")
