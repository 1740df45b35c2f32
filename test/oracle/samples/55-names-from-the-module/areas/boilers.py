from fastapi import APIRouter
from pydantic import BaseModel


class Boiler(BaseModel):
    power: int


router = APIRouter(prefix="/" + __name__.rsplit(".", 1)[-1])


@router.get(f"/{Boiler.__name__.lower()}s")
def list_boilers() -> list[Boiler]:
    return []


def describe() -> str:
    return "boiler"


router.add_api_route("/" + describe.__name__, describe)
