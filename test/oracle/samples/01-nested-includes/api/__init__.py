from fastapi import APIRouter

from .patients import router as patients_router
from .staff import router as staff_router

api_router = APIRouter(prefix="/v1")
api_router.include_router(patients_router, prefix="/patients", tags=["patients"])
api_router.include_router(staff_router)
