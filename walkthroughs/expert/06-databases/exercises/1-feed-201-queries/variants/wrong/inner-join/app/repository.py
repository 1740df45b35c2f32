"""Everything that speaks to the database."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Like, Post, User


class PostRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def latest(self, limit: int) -> list[tuple[Post, User, int]]:
        query = (
            select(Post, User, func.count(Like.id))
            .join(Post.author)
            .join(Post.likes)
            .group_by(Post.id, User.id)
            .order_by(Post.written_at.desc())
            .limit(limit)
        )
        rows = (await self.session.execute(query)).all()
        return [(post, author, likes) for post, author, likes in rows]
