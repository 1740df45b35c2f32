from fastapi import APIRouter

from registry import NAMED

router = NAMED["pricing"] = APIRouter()


@router.get("/quote")
def quote() -> float:
    return 1.0
