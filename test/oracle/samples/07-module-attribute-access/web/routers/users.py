from fastapi import APIRouter

router = APIRouter()


@router.get("/users/", tags=["users"])
async def read_users() -> list[str]:
    return []


@router.get("/users/me", tags=["users"])
async def read_user_me() -> str:
    return "me"


@router.get("/users/{username}", tags=["users"])
async def read_user(username: str) -> str:
    return username
