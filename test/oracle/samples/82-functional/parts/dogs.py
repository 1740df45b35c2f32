from fastapi import APIRouter

router = APIRouter()


@router.get("/dogs")
def dogs():
    return []
