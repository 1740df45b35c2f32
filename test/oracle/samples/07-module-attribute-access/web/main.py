from fastapi import FastAPI

import web.internal.admin
import web.routers as routers

app = FastAPI()
app.include_router(routers.users.router)
app.include_router(routers.items.router)
app.include_router(
    web.internal.admin.router,
    prefix="/admin",
    tags=["admin"],
    responses={418: {"description": "I'm a teapot"}},
)


@app.get("/")
async def root() -> dict[str, str]:
    return {"message": "Hello Bigger Applications!"}
