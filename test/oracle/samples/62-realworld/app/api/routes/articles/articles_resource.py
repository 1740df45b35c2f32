from fastapi import APIRouter

router = APIRouter()


@router.get("", name="articles:list-articles")
async def list_articles() -> list[str]:
    return []


@router.get("/{slug}", name="articles:get-article")
async def retrieve_article_by_slug(slug: str) -> str:
    return slug
