from fastapi import APIRouter

import constants
from constants import INVOICES, SEGMENTS, SLASH

router = APIRouter(prefix=SLASH + INVOICES)


@router.get("/" + "/".join(SEGMENTS))
async def archived_invoices(year: int, month: int) -> list[int]:
    return [year, month]


@router.get("/{}/download".format("{invoice_id}"))
async def download_invoice(invoice_id: str) -> str:
    return invoice_id


@router.get("/by-version/%s" % constants.VERSION)
async def by_version() -> str:
    return constants.VERSION


@router.get(f"/{constants.INVOICES}-of/{{customer}}")
async def of_customer(customer: str) -> str:
    return customer
