from dataclasses import dataclass
from typing import Annotated, Optional

from fastapi import Depends, Query
from pydantic import BaseModel


def locale(lang: str = "en") -> str:
    return lang


@dataclass
class Paging:
    limit: int = 10
    offset: int = 0
    lang: str = Depends(locale)


@dataclass
class SortedPaging(Paging):
    order: str = "asc"
    extra: Annotated[str, Depends(locale, use_cache=False)] = ""


class Filters(BaseModel):
    q: Optional[str] = None
    exact: bool = False


class BaseQuery:
    def __init__(self, paging: Paging = Depends(), lang: str = Depends(locale)):
        self.paging = paging


class UserQuery(BaseQuery):
    pass


class OrderQuery(BaseQuery):
    def __init__(self, paging: Annotated[SortedPaging, Depends()], state: str = "open"):
        super().__init__(paging)


PagingDep = Annotated[Paging, Depends()]
FilterDep = Annotated[Filters, Depends()]
