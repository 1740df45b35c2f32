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
    items = []
    for post, author, likes in await posts.latest(PAGE):
        items.append(FeedItem(title=post.title, author=author.name, likes=likes))
    return FeedPage(items=items)
