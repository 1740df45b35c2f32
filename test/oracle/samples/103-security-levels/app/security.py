from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

scheme = OAuth2PasswordBearer(tokenUrl="login", scopes={"me": "", "items": ""})


def user(security_scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]):
    return token


def active(current: Annotated[str, Security(user, scopes=["me"])]):
    return current


def owner(current: str = Security(active, scopes=["items", "owner"])):
    return current


SCOPES = ["app:use"]
