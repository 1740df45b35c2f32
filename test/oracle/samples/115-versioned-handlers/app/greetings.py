from fastapi import APIRouter

from .versioning import version

router = APIRouter(prefix="/greet")


@router.get("/")
def greet():
    return "hi"


@router.get("/bye")
@version(1)
def bye():
    return "bye"


@router.get("/")
@version(2)
async def greet_two():
    return "hello"
