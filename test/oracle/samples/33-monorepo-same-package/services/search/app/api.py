from fastapi import APIRouter

router = APIRouter(prefix="/search")


@router.get("/")
def search(q: str) -> list[str]:
    return [q]


@router.post("/index")
def index_document() -> bool:
    return True
