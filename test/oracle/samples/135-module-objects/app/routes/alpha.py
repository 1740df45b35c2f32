from fastapi import APIRouter

alpha_router = APIRouter()
internal_router = APIRouter()
_private_router = APIRouter()
PREFIX = "/alpha"


@alpha_router.get("/one")
def one():
    return 1


@internal_router.get("/two")
def two():
    return 2


@_private_router.get("/never")
def never():
    return 0
