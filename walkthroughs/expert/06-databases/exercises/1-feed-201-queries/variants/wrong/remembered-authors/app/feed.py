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
    authors: dict[int, str] = {}
    for post in await posts.latest(PAGE):
        if post.author_id not in authors:
            authors[post.author_id] = (await posts.author_of(post)).name
        likes = await posts.count_likes(post)
        items.append(FeedItem(title=post.title, author=authors[post.author_id], likes=likes))
    return FeedPage(items=items)
