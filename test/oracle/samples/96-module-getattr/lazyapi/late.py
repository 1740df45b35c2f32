from fastapi import APIRouter

router = APIRouter(prefix="/late")


@router.get("/")
def late():
    return []
