from fastapi import APIRouter

from .kernel import Kernel

router = APIRouter()


@router.get("/")
def users():
    return []


Kernel().boot("users", router)
