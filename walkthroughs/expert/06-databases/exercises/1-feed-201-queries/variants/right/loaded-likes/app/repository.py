"""Everything that speaks to the database."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.models import Post


class PostRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def latest(self, limit: int) -> list[Post]:
        newest = select(Post).order_by(Post.written_at.desc()).limit(limit)
        loaded = newest.options(joinedload(Post.author), selectinload(Post.likes))
        return list(await self.session.scalars(loaded))
