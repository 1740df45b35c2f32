from fastapi import APIRouter

from registry import ROUTERS

router = APIRouter(prefix="/rentals")
ROUTERS.append(router)


@router.post("/")
def rent() -> bool:
    return True
