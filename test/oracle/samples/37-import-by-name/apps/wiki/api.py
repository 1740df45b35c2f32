from fastapi import APIRouter

router = APIRouter()


@router.get("/pages/{title:path}")
def read_page(title: str) -> str:
    return title
