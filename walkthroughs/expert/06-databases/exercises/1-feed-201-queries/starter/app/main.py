from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from app import feed
from app.db import Base, engine, get_session
from app.feed import FeedPage
from app.repository import PostRepository


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


@app.get("/feed")
async def read_feed(session: Annotated[AsyncSession, Depends(get_session)]) -> FeedPage:
    return await feed.load_feed(PostRepository(session))
