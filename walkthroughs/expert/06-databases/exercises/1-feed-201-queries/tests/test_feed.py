import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from app.db import Base, get_session
from app.main import app
from app.models import Like, Post, User
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

START = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
NAMES = ["Ada", "Grace", "Edsger"]


def likes_of(number: int) -> int:
    """Some posts have many likes, every fourth has none."""
    return number % 4


async def ask_feed(tmp_path: Path, posts: int) -> tuple[list[dict[str, object]], int]:
    """What `GET /feed` answers over that many posts, and how many queries it took."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / f'{posts}.db'}")
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with sessions() as session:
        users = [User(id=number, name=name) for number, name in enumerate(NAMES, 1)]
        session.add_all(users)
        for number in range(posts):
            written_at = START + timedelta(minutes=number)
            title = f"Post {number}"
            author_id = number % len(NAMES) + 1
            session.add(Post(id=number + 1, title=title, written_at=written_at, author_id=author_id))
            session.add_all(Like(post_id=number + 1) for _ in range(likes_of(number)))
        await session.commit()

    queries: list[str] = []

    def count(conn, cursor, statement: str, parameters, context, executemany) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            queries.append(statement)

    async def own_session() -> AsyncIterator[AsyncSession]:
        async with sessions() as session:
            yield session

    app.dependency_overrides[get_session] = own_session
    event.listen(engine.sync_engine, "before_cursor_execute", count)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/feed")
    await engine.dispose()
    assert answer.status_code == 200, answer.text
    return answer.json()["items"], len(queries)


@pytest.fixture(autouse=True)
def no_overrides():
    yield
    app.dependency_overrides.clear()


def test_a_hundred_posts_take_two_queries(tmp_path):
    _, queries = asyncio.run(ask_feed(tmp_path, 100))
    assert queries <= 2, f"the feed ran {queries} queries"


def test_more_posts_take_no_more_queries(tmp_path):
    _, few = asyncio.run(ask_feed(tmp_path, 5))
    _, many = asyncio.run(ask_feed(tmp_path, 50))
    assert many == few, f"{few} queries for 5 posts, {many} for 50"


def test_each_post_comes_with_its_author_and_its_likes(tmp_path):
    items, _ = asyncio.run(ask_feed(tmp_path, 8))
    expected = [
        {"title": f"Post {number}", "author": NAMES[number % 3], "likes": likes_of(number)}
        for number in reversed(range(8))
    ]
    assert items == expected


def test_a_page_is_the_hundred_newest_posts(tmp_path):
    items, _ = asyncio.run(ask_feed(tmp_path, 120))
    titles = [item["title"] for item in items]
    assert len(titles) == 100, f"the page holds {len(titles)} posts"
    assert titles[0] == "Post 119" and titles[-1] == "Post 20"


def test_nobody_has_written_yet(tmp_path):
    items, _ = asyncio.run(ask_feed(tmp_path, 0))
    assert items == []
