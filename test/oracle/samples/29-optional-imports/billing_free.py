from fastapi import APIRouter

router = APIRouter()


@router.get("/plan")
def current_plan() -> str:
    return "free"
