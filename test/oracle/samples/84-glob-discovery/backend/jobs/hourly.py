from fastapi import APIRouter

router = APIRouter(prefix="/hourly")


@router.post("/run")
def run():
    return {}
