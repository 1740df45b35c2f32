from fastapi import APIRouter

from app.api.routes import authentication, tags
from app.api.routes.articles import api as articles

router = APIRouter()
router.include_router(authentication.router, tags=["authentication"], prefix="/users")
router.include_router(articles.router, tags=["articles"])
router.include_router(tags.router, tags=["tags"], prefix="/tags")
