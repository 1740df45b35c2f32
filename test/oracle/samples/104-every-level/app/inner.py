from fastapi import APIRouter, Depends

from .deps import COMMON, STRICT, c, d

inner = APIRouter(prefix="/inner", dependencies=COMMON)
leaf = APIRouter(dependencies=STRICT[1:])


@leaf.get("/leaf")
def read_leaf(value=Depends(d)):
    return value


@inner.get("/", dependencies=[Depends(dependency) for dependency in (c, d)])
def read_inner():
    return 1


inner.include_router(leaf, dependencies=list(COMMON))
