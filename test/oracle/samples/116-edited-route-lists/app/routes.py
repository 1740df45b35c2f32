from fastapi import APIRouter

router = APIRouter(prefix="/r")


@router.get("/a")
def a():
    return 1


@router.get("/b")
def b():
    return 1


@router.get("/c")
def c():
    return 1


second = APIRouter()


@second.get("/x")
def x():
    return 1


@second.get("/y")
def y():
    return 1


second.routes.reverse()
dropped = router.routes.pop(0)
