from fastapi import APIRouter

main = APIRouter()

from . import errors, views  # noqa: E402, F401
