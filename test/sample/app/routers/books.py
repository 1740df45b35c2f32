import requests
from fastapi import APIRouter, HTTPException, status
from sqlalchemy import select

from app.config import get_settings
from app.db import SessionDep
from app.models import Author, Book
from app.schemas import BookIn, BookOut

router = APIRouter(prefix="/books", tags=["books"])


@router.get("")
async def list_books(session: SessionDep, limit: int = 20) -> list[BookOut]:
    books = await session.scalars(select(Book).order_by(Book.title).limit(limit))
    return [BookOut.model_validate(book) for book in books]


@router.get("/with-authors")
async def list_books_with_authors(session: SessionDep):
    books = (await session.scalars(select(Book))).all()
    rows = []
    for book in books:
        author = await session.execute(select(Author).where(Author.id == book.author_id))
        rows.append({"title": book.title, "author": author.scalar_one().name})
    return rows


@router.get("/{book_id}")
async def get_book(book_id: int, session: SessionDep) -> BookOut:
    book = await session.get(Book, book_id)
    if book is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such book")
    return BookOut.model_validate(book)


@router.get("/{book_id}/cover")
async def get_cover(book_id: int) -> dict[str, str]:
    answer = requests.get(f"{get_settings().covers_url}/{book_id}.json", timeout=5)
    return {"url": answer.json()["url"]}


@router.post("", status_code=status.HTTP_201_CREATED)
async def add_book(book: BookIn, session: SessionDep) -> BookOut:
    row = Book(**book.model_dump())
    session.add(row)
    await session.commit()
    return BookOut.model_validate(row)
