from fastapi import APIRouter

router = APIRouter()


@router.get("/feed", name="articles:get-user-feed-articles")
async def get_articles_for_user_feed() -> list[str]:
    return []


@router.post("/{slug}/favorite", name="articles:mark-article-favorite")
async def mark_article_as_favorite(slug: str) -> str:
    return slug
