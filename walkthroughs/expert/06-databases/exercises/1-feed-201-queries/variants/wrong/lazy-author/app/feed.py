"""What a reader sees first: the newest posts, whose they are, and how many people like them."""

from pydantic import BaseModel

from app.repository import PostRepository

PAGE = 100


class FeedItem(BaseModel):
    title: str
    author: str
    likes: int


class FeedPage(BaseModel):
    items: list[FeedItem]


async def load_feed(posts: PostRepository) -> FeedPage:
    latest = await posts.latest(PAGE)
    return FeedPage(
        items=[
            FeedItem(title=post.title, author=post.author.name, likes=len(post.likes))
            for post in latest
        ]
    )
