from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .services import PatientService


@dataclass
class Patient:
    id: int

    def service(self) -> PatientService:
        from .services import PatientService

        return PatientService()
