from fastapi import APIRouter

router = APIRouter()


@router.get("/routes")
async def list_routes() -> list[str]:
    return []


@router.post("/routes/{route_id}/stops")
async def add_stop(route_id: int) -> int:
    return route_id
