"""Everything that speaks to the database."""

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Like, Post, User


class PostRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def feed(self, limit: int) -> list[Row[tuple[str, str, int]]]:
        likes = (
            select(func.count()).where(Like.post_id == Post.id).correlate(Post).scalar_subquery()
        )
        rows = await self.session.execute(
            select(Post.title, User.name, likes)
            .join(User, Post.author_id == User.id)
            .order_by(Post.written_at.desc())
            .limit(limit)
        )
        return list(rows.all())
