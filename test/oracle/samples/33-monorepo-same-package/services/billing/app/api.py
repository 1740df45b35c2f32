from fastapi import APIRouter

router = APIRouter()


@router.get("/invoices")
def list_invoices() -> list[str]:
    return []
