"""Everything that speaks to the database."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.models import Like, Post


class PostRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def latest(self, limit: int) -> list[Post]:
        newest = (
            select(Post)
            .options(joinedload(Post.author))
            .order_by(Post.written_at.desc())
            .limit(limit)
        )
        return list(await self.session.scalars(newest))

    async def count_likes(self, posts: Sequence[Post]) -> dict[int, int]:
        """The likes of each post, by its id. Who has none is not in it."""
        ids = [post.id for post in posts]
        counted = (
            select(Like.post_id, func.count())
            .where(Like.post_id.in_(ids))
            .group_by(Like.post_id)
        )
        rows = await self.session.execute(counted)
        return {post_id: count for post_id, count in rows}
