from dataclasses import asdict, dataclass, field
from typing import NamedTuple, TypedDict

from fastapi import APIRouter

from . import endpoints


class Row(NamedTuple):
    router: APIRouter
    prefix: str = ""
    tags: tuple[str, ...] = ()


class Include(TypedDict, total=False):
    router: APIRouter
    prefix: str
    tags: list[str]


@dataclass
class Options:
    prefix: str
    tags: list[str] = field(default_factory=list)
    deprecated: bool | None = None


ROWS = [Row(endpoints.a, "/a"), Row(endpoints.b), Row(prefix="/bb", router=endpoints.b)]
INCLUDES: list[Include] = [
    {"router": endpoints.a, "prefix": "/dict-a"},
    Include(router=endpoints.b, tags=["b"]),
]
OPTIONS = {"c": Options("/c"), "d": Options("/d", deprecated=True)}
