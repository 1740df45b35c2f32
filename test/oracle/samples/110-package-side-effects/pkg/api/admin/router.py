from fastapi import APIRouter

admin_router = APIRouter(prefix="/admin")

from . import jobs, users  # noqa
