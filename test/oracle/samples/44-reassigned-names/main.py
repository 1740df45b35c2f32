from fastapi import APIRouter, FastAPI

app = FastAPI(title="Draft")


@app.get("/draft")
def draft() -> str:
    return "gone with the first app"


router = APIRouter(prefix="/one")


@router.get("/")
def read() -> int:
    return 1


first = router
router = APIRouter(prefix="/two")


@router.get("/")
def read() -> int:  # noqa: F811
    return 2


app = FastAPI(title="Final")
app.include_router(router)
app.include_router(first)
router = APIRouter(prefix="/three")


@router.get("/")
def read() -> int:  # noqa: F811
    return 3


app.include_router(router)


@app.get("/same")
async def same() -> int:
    return 1


@app.get("/same")
async def same() -> int:  # noqa: F811
    return 2
