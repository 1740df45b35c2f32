from fastapi import APIRouter

from app.config import get_settings

settings = get_settings()
v1 = APIRouter(prefix=settings.api.v1.prefix)
users = APIRouter(prefix=settings.api.v1.users)
posts = APIRouter(prefix=settings.api.v1.posts)


@users.get("")
def list_users() -> list[str]:
    return []


@posts.get("/{slug}")
def read_post(slug: str) -> str:
    return slug


v1.include_router(users)
v1.include_router(posts)
