import functools
from typing import Annotated, Callable

from fastapi import Depends, HTTPException, Security
from fastapi.security import APIKeyHeader, HTTPBearer, SecurityScopes

bearer = HTTPBearer(auto_error=False)
api_key = APIKeyHeader(name="X-Key", auto_error=False)


async def get_token(credentials=Depends(bearer), key: str | None = Security(api_key)) -> str:
    return key or ""


async def get_claims(scopes: SecurityScopes, token: Annotated[str, Depends(get_token)]) -> dict:
    return {}


def require(*roles: str, optional: bool = False) -> Callable:
    async def dependency(claims: Annotated[dict, Security(get_claims, scopes=list(roles))]) -> dict:
        if not optional and not roles:
            raise HTTPException(403)
        return claims

    return dependency


def logged(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


def header_guard(name: str):
    @logged
    def guard(claims: dict = Depends(require("guard", optional=True))):
        return name

    return Depends(guard)


def limited(amount: int, token: str = Depends(get_token)) -> int:
    return amount
