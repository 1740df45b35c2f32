from fastapi import APIRouter

router = APIRouter()


@router.post("/login", name="auth:login")
async def login() -> bool:
    return True


@router.post("", status_code=201, name="auth:register")
async def register() -> bool:
    return True
