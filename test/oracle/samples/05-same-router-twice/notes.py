from fastapi import APIRouter

notes = APIRouter()


@notes.get("/notes", name="notes:list")
def list_notes() -> list[str]:
    return []


@notes.get("/notes/{slug}", name="notes:read")
def read_note(slug: str) -> str:
    return slug
