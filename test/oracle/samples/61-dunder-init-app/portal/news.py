from fastapi import APIRouter

news = APIRouter(prefix="/news")


@news.get("/{article_id}")
def read_article(article_id: int) -> int:
    return article_id
