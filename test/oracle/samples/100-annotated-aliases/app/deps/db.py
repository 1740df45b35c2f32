from collections.abc import AsyncIterator
from typing import Annotated, TypeAlias

from fastapi import Depends


class Session: ...


async def get_session() -> AsyncIterator[Session]:
    yield Session()


def sync_session() -> Session:
    return Session()


AsyncSessionDep: TypeAlias = Annotated[Session, Depends(get_session)]
SessionDep = Annotated[Session, Depends(sync_session, use_cache=False)]
