from pydantic import BaseModel

from farm.crud import CrudRouter


class Cow(BaseModel):
    name: str


class Goat(BaseModel):
    name: str


class GoatRouter(CrudRouter[Goat]):
    async def create(self) -> bool:
        return False


cows = CrudRouter[Cow](Cow, create=False, delete=True)
goats = GoatRouter(Goat, prefix="/goat-herd")


@goats.get("/{goat_id}/milk")
def milk(goat_id: int) -> float:
    return 1.5
