from fastapi import APIRouter

router = APIRouter(prefix="/metrics")


@router.get("/")
def local_metrics():
    return {}
