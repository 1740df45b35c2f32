from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes


class Scope(StrEnum):
    READ = "accounts:read"
    WRITE = "accounts:write"
    AUDIT = "audit"


http_bearer = HTTPBearer(auto_error=False)


async def principal(
    scopes: SecurityScopes,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(http_bearer)],
) -> str:
    return scopes.scope_str


def scoped(*scopes: Scope):
    return Security(principal, scopes=[*scopes])


class AuditTrail:
    def __init__(self, who: Annotated[str, Security(principal, scopes=[Scope.AUDIT])]) -> None:
        self.who = who

    async def __call__(self):
        return self.who


Reader = Annotated[str, scoped(Scope.READ)]
Writer = Annotated[str, scoped(Scope.READ, Scope.WRITE)]
