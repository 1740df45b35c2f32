from fastapi import APIRouter

router = APIRouter()


@router.get("/birds")
async def birds():
    return []
