from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from . import models
from .db import Session, get_session


class PatientService:
    def __init__(self, session: Annotated[Session, Depends(get_session)] = None) -> None:
        self.session = session

    def get(self, pk: int) -> models.Patient:
        return models.Patient(pk)


def get_service(session: Annotated[Session, Depends(get_session)]) -> PatientService:
    return PatientService(session)
