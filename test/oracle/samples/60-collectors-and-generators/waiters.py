from fastapi import APIRouter

tables = APIRouter(prefix="/tables")
tips = APIRouter(prefix="/tips")


@tables.get("/{number}")
def read_table(number: int) -> int:
    return number


@tips.post("/")
def give_tip() -> bool:
    return True
