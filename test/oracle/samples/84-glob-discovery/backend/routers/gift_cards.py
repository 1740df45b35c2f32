from fastapi import APIRouter

router = APIRouter()


@router.get("/{code}")
def read_card(code: str):
    return code
