from fastapi import APIRouter

bp = APIRouter(prefix="/posts")

from app.posts import views  # noqa
