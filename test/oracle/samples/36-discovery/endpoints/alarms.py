from fastapi import APIRouter

router = APIRouter(prefix="/alarms")


@router.post("/")
def raise_alarm() -> bool:
    return True
