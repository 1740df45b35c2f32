from fastapi import APIRouter

router = APIRouter(prefix="/guests")


@router.post("/check-in")
async def check_in() -> bool:
    return True
