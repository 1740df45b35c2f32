from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/core")


@app.get("/first")
def first() -> int:
    return 1


import handlers  # noqa: E402, F401
import more_handlers  # noqa: E402, F401

app.include_router(router)
