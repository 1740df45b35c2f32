from dataclasses import dataclass
from functools import singledispatch

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles


@dataclass
class Files:
    path: str


@dataclass
class Ping:
    path: str
    answer: str = "pong"


@singledispatch
def attach(part, app: FastAPI) -> None:
    raise TypeError(part)


@attach.register
def _(part: APIRouter, app: FastAPI) -> None:
    app.include_router(part, prefix="/dispatched")


@attach.register
def _(part: Ping, app: FastAPI) -> None:
    app.add_api_route(part.path, lambda: part.answer, name=part.answer)


@attach.register(Files)
def attach_files(part, app: FastAPI) -> None:
    app.mount(part.path, StaticFiles(directory=".", check_dir=False), name="files")


router = APIRouter()


@router.get("/routed")
def routed():
    return 1
