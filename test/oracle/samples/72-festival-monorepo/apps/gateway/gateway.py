from fastapi import APIRouter, FastAPI

TARGETS = {"tickets": 8001, "stages": 8002}
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
app = FastAPI()


def proxy_to(name: str) -> APIRouter:
    router = APIRouter(prefix=f"/{name}")

    @router.api_route("/{rest:path}", methods=METHODS, name=f"proxy-{name}")
    async def proxy(rest: str) -> str:
        return f"{name}/{rest}"

    return router


for target in TARGETS:
    app.include_router(proxy_to(target))
