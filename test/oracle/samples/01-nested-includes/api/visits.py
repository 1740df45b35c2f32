from fastapi import APIRouter

router = APIRouter(prefix="/visits", tags=["visits"])


@router.get("/")
async def list_visits(patient_id: int) -> list[int]:
    return [patient_id]


@router.post("/", status_code=201)
async def book_visit(patient_id: int) -> dict[str, int]:
    return {"patient": patient_id}


@router.delete("/{visit_id}", status_code=204)
async def cancel_visit(patient_id: int, visit_id: int) -> None:
    return None
