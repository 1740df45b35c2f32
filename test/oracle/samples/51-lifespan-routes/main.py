from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from plugins import load_plugins, router


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    load_plugins(app)
    yield


app = FastAPI(lifespan=lifespan)
app.include_router(router)


@app.get("/")
def index() -> str:
    return "index"
