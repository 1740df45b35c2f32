from fastapi import APIRouter

from .visits import router as visits_router

router = APIRouter()


@router.get("")
async def list_patients() -> list[str]:
    return []


@router.get("/{patient_id}")
async def read_patient(patient_id: int) -> dict[str, int]:
    return {"id": patient_id}


router.include_router(visits_router, prefix="/{patient_id}")
