"""The same page, loaded in three ways. How many queries does each send?"""

import asyncio

from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship
from sqlalchemy.pool import StaticPool


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship()


engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
queries = 0


@event.listens_for(engine.sync_engine, "before_cursor_execute")
def count(conn, cursor, statement, parameters, context, executemany):
    global queries
    queries += statement.startswith("SELECT")


async def one_by_one(session: AsyncSession) -> list[str]:
    names = []
    for post in await session.scalars(select(Post)):
        author = await session.scalars(select(User).where(User.id == post.author_id))
        names.append(author.one().name)
    return names


async def joined(session: AsyncSession) -> list[str]:
    posts = await session.scalars(select(Post).options(joinedload(Post.author)))
    return [post.author.name for post in posts]


async def lazily(session: AsyncSession) -> list[str]:
    posts = await session.scalars(select(Post))
    return [post.author.name for post in posts]


async def main() -> None:
    global queries
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        session.add_all(User(id=number, name=f"user {number}") for number in range(1, 101))
        session.add_all(Post(author_id=number) for number in range(1, 101))
        await session.commit()
    for load in (one_by_one, joined, lazily):
        queries = 0
        async with AsyncSession(engine) as session:
            try:
                names = await load(session)
                print(f"{load.__name__}: {len(names)} names, queries sent: {queries}")
            except StatementError as error:
                print(f"{load.__name__}: {type(error.orig).__name__} at the first author")
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
