from fastapi import APIRouter

from backend.modules.fleet.constants import FLEET

router = APIRouter(prefix=FLEET)


@router.get("/trucks/{plate}")
async def read_truck(plate: str) -> str:
    return plate
