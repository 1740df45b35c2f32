from typing import Annotated, Optional

from fastapi import Cookie, Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer

from . import db

oauth2 = OAuth2PasswordBearer(tokenUrl="token", auto_error=False)
TokenDep = Annotated[Optional[str], Depends(oauth2)]


class User:
    admin = False


async def maybe_user(session: db.AsyncSessionDep, token: TokenDep, sid: Annotated[str | None, Cookie()] = None) -> User | None:
    return None


MaybeUser = Annotated[User | None, Depends(maybe_user)]


def current_user(user: MaybeUser) -> User:
    if user is None:
        raise HTTPException(401)
    return user


CurrentUser = Annotated[User, Depends(current_user)]


def require_admin(user: "CurrentUser") -> User:
    return user


AdminUser = Annotated[CurrentUser, Depends(require_admin)]
