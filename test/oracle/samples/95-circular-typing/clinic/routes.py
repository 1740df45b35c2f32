from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends

from .services import PatientService, get_service

if TYPE_CHECKING:
    from .db import Session

router = APIRouter(prefix="/patients")
Service = Annotated["PatientService", Depends(get_service)]


@router.get("/{pk}")
def read_patient(pk: int, service: Service):
    return pk


@router.get("/{pk}/visits")
def visits(pk: int, service: Annotated[PatientService, Depends()]):
    return pk


def register():
    from .main import app

    @app.get("/registered")
    def registered(service: Service):
        return service
