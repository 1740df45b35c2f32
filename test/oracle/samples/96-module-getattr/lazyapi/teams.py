from fastapi import APIRouter

router = APIRouter(prefix="/teams")


@router.get("/")
def teams():
    return []
