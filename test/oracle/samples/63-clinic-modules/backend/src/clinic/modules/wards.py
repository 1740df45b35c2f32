from fastapi import APIRouter

beds = APIRouter(prefix="/beds")
routers = [beds]


@beds.get("/free")
@beds.head("/free")
def free_beds() -> int:
    return 0
