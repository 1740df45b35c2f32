from typing import Annotated

from fastapi import APIRouter, Depends

from .security import AuditTrail, Reader, Scope, Writer, scoped

router = APIRouter(prefix="/accounts", dependencies=[scoped(Scope.READ)])


@router.get("/")
async def accounts(me: Reader):
    return []


@router.post("/{iban}/transfer", dependencies=[Depends(AuditTrail)])
async def transfer(iban: str, me: Writer, trail: Annotated[AuditTrail, Depends()]):
    return iban
