from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Query, Request, Security
from fastapi.security import HTTPBearer, OAuth2PasswordBearer, SecurityScopes

oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "r", "write": "w"})


def get_engine() -> str:
    return "engine"


def get_session(engine: Annotated[str, Depends(get_engine)]):
    yield engine


SessionDep = Annotated[str, Depends(get_session)]
FunctionDep = Annotated[str, Depends(get_session, scope="function")]


class Page:
    def __init__(self, session: SessionDep, skip: int = 0) -> None:
        self.skip = skip


class WidePage(Page):
    pass


class Named(WidePage):
    def __init__(self, name: str = "a", page: WidePage = Depends()) -> None:
        self.name = name


@dataclass
class Filter:
    q: str = ""
    size: int = Query(10)


class Role:
    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, session: SessionDep) -> str:
        return self.name


class Admin(Role):
    pass


class Bearer(HTTPBearer):
    pass


class OwnBearer(HTTPBearer):
    async def __call__(self, request: Request, session: SessionDep):
        return session


class Service:
    def __init__(self, name: str) -> None:
        self.name = name

    def current(self, session: SessionDep) -> str:
        return session

    @classmethod
    def made(cls, session: SessionDep) -> str:
        return session

    @staticmethod
    def plain(engine: str = Depends(get_engine)) -> str:
        return engine


service = Service("a")
bearer = Bearer()
own_bearer = OwnBearer()


def get_user(scopes: SecurityScopes, token: str = Depends(oauth2)) -> str:
    return token


def get_writer(user: Annotated[str, Security(get_user, scopes=["write"])]) -> str:
    return user


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@logged
def wrapped(session: SessionDep, agent: str = Header("")) -> str:
    return session


def limited(limit: int, session: SessionDep) -> int:
    return limit


limited_to_ten = functools.partial(limited, limit=10)


def require(*roles: str):
    def check(user: str = Depends(get_user), session: str = Depends(get_session, use_cache=False)) -> str:
        return user

    return check


def pick(dependency):
    return Depends(dependency)


async def events(function_session: FunctionDep):
    return function_session


WRITE = ["orders:write"]
Editor = Annotated[str, Security(get_writer, scopes=[*WRITE, "orders:" + "read"])]
