from fastapi import APIRouter

router = APIRouter()


@router.post("/")
def open_cart():
    return {}
