from fastapi import APIRouter

router = APIRouter()


@router.post("/{basket_id}/lines")
def add_line(basket_id: str) -> str:
    return basket_id
