from pathlib import Path

from fastapi import APIRouter

router = APIRouter(prefix=f"/{Path(__file__).stem.replace('_', '-')}")


@router.get("/")
def list_heat_pumps() -> list[str]:
    return []
