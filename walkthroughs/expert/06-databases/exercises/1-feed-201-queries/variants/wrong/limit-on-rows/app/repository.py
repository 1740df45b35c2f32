"""Everything that speaks to the database."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from app.models import Post


class PostRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def latest(self, limit: int) -> list[Post]:
        newest = (
            select(Post)
            .outerjoin(Post.likes)
            .options(contains_eager(Post.likes), joinedload(Post.author))
            .order_by(Post.written_at.desc())
            .limit(limit)
        )
        return list((await self.session.scalars(newest)).unique())
