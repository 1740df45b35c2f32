from fastapi import APIRouter, Depends

from .cbv import cbv

router = APIRouter()


def get_db():
    yield object()


@router.get("/outside")
def outside():
    return 1


@cbv(router)
class Pets:
    def __init__(self, db=Depends(get_db)):
        self.db = db

    @router.get("/pets")
    def all_pets(self):
        return []

    @router.post("/pets", name="adopt")
    async def adopt(self, name: str, db=Depends(get_db)):
        return name
