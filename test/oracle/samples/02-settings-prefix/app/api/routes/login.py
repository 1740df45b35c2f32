from fastapi import APIRouter

router = APIRouter(tags=["login"])


@router.post("/login/access-token")
def login_access_token() -> dict[str, str]:
    return {"access_token": "x"}


@router.post("/password-recovery/{email}")
def recover_password(email: str) -> dict[str, str]:
    return {"message": email}
