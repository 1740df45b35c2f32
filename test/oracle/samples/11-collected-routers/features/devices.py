from fastapi import APIRouter

router = APIRouter(prefix="/devices")


@router.get("/{serial}")
async def read_device(serial: str) -> str:
    return serial
