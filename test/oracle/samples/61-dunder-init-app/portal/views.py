from fastapi import APIRouter

from . import app

router = APIRouter()


@app.get("/", response_model=None)
def front_page() -> str:
    return "front"


@router.get("/{page}")
def page(page: str) -> str:
    return page
