from fastapi import APIRouter

a = APIRouter()
b = APIRouter(prefix="/b")
c, d = (APIRouter() for _ in range(2))


@a.get("/one")
def one():
    return 1


@b.get("/two")
def two():
    return 2


@c.get("/three")
def three():
    return 3


@d.get("/four")
def four():
    return 4
