from fastapi import APIRouter

router = APIRouter(prefix="/invoices")


@router.post("", status_code=201)
async def create_invoice():
    return {}
