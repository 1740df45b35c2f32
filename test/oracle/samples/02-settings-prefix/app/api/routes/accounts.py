from fastapi import APIRouter

router = APIRouter(prefix="/accounts", tags=["accounts"])


@router.get("/")
def read_accounts(skip: int = 0, limit: int = 100) -> list[int]:
    return [skip, limit]


@router.get("/me")
def read_account_me() -> dict[str, str]:
    return {"name": "me"}


@router.patch("/{account_id}")
def update_account(account_id: int) -> dict[str, int]:
    return {"id": account_id}
