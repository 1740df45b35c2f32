from pkg.api import router as parent
from fastapi import APIRouter

router = APIRouter(prefix="/dogs")


@router.get("/")
def dogs():
    return []


parent.include_router(router)
