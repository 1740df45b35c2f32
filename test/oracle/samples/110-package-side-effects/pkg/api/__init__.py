from fastapi import APIRouter

router = APIRouter(prefix="/api")

from . import admin, cats, dogs  # noqa: E402,F401

_modules = [cats, dogs]
__all__ = ["router"] + [m.__name__.rpartition(".")[2] for m in _modules]
