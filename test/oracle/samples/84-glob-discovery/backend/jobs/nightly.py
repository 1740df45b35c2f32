from fastapi import APIRouter

router = APIRouter(prefix="/nightly")


@router.post("/run")
def run():
    return {}
