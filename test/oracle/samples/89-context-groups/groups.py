from contextlib import ExitStack, contextmanager
from typing import Iterator

from fastapi import APIRouter, FastAPI


@contextmanager
def group(parent: FastAPI | APIRouter, prefix: str, **options) -> Iterator[APIRouter]:
    router = APIRouter(prefix=prefix, **options)
    yield router
    parent.include_router(router)


class Section:
    def __init__(self, parent, prefix):
        self.parent = parent
        self.router = APIRouter(prefix=prefix)

    def __enter__(self):
        return self.router

    def __exit__(self, *exc):
        self.parent.include_router(self.router)
        return False
