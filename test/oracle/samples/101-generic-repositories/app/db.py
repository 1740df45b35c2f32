from typing import Annotated

from fastapi import Depends


class Session: ...


def get_db():
    yield Session()


DB = Annotated[Session, Depends(get_db)]
