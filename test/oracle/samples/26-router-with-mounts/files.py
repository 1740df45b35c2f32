from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

router = APIRouter(prefix="/files")
thumbnails = FastAPI()
nested = APIRouter(prefix="/nested")


@router.get("/")
def list_files() -> list[str]:
    return []


@thumbnails.get("/{name}")
def thumbnail(name: str) -> str:
    return name


@nested.get("/deep")
def deep() -> str:
    return "deep"


nested.mount("/raw", StaticFiles(directory=".", check_dir=False), name="raw")
router.mount("/thumbnails", thumbnails)
router.include_router(nested, prefix="/inner")
