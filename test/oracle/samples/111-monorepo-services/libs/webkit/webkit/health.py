from fastapi import APIRouter

health_router = APIRouter(prefix="/health")


@health_router.get("/live")
async def live():
    return "ok"
