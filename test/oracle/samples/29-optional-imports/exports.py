from fastapi import APIRouter

router = APIRouter(prefix="/exports")


@router.post("/pdf")
def export_pdf() -> str:
    return "pdf"
