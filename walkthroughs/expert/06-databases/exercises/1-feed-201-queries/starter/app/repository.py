"""Everything that speaks to the database."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Like, Post, User


class PostRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def latest(self, limit: int) -> list[Post]:
        newest = select(Post).order_by(Post.written_at.desc()).limit(limit)
        return list(await self.session.scalars(newest))

    async def author_of(self, post: Post) -> User:
        found = await self.session.scalars(select(User).where(User.id == post.author_id))
        return found.one()

    async def count_likes(self, post: Post) -> int:
        counted = select(func.count()).select_from(Like).where(Like.post_id == post.id)
        return await self.session.scalar(counted) or 0
