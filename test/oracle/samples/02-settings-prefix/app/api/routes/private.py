from fastapi import APIRouter

router = APIRouter(tags=["private"], prefix="/private")


@router.post("/accounts/")
def create_account() -> dict[str, str]:
    return {}
