from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy import select

from app.db import SessionDep
from app.models import User
from app.schemas import Credentials, Token, UserOut
from app.services.passwords import verify_password
from app.services.tokens import create_token, read_token

router = APIRouter(prefix="/users", tags=["users"])
bearer = OAuth2PasswordBearer(tokenUrl="/users/token")


async def current_user(
    token: Annotated[str, Depends(bearer)],
    session: SessionDep,
) -> User:
    try:
        user = await session.get(User, read_token(token))
    except jwt.InvalidTokenError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token") from error
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token")
    return user


CurrentUser = Annotated[User, Depends(current_user)]


@router.post("/token")
async def login(credentials: Credentials, session: SessionDep) -> Token:
    user = await session.scalar(select(User).where(User.email == credentials.email))
    if user is None or not verify_password(credentials.password, user.password_hash):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Wrong email or password")
    return Token(access_token=create_token(user.id))


@router.get("/me")
async def read_me(user: CurrentUser) -> UserOut:
    return UserOut.model_validate(user)


@router.get("/{user_id}")
async def read_user(user_id: int, session: SessionDep):
    user = await session.get(User, user_id)
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such user")
    return {"id": user.id, "name": user.name}
