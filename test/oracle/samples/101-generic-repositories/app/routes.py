from typing import Annotated

from fastapi import APIRouter, Depends

from .repository import Author, AuthorRepository, AuthorService, Book, BookRepository, Repository, get_repository

router = APIRouter()
Authors = Annotated[AuthorRepository, Depends(AuthorRepository)]


@router.get("/authors")
def authors(repo: Authors):
    return []


@router.get("/books")
def books(repo: BookRepository = Depends()):
    return []


@router.get("/raw")
def raw(repo: Annotated[Repository[Author], Depends(get_repository(Author))], other: Repository[Book] = Depends(get_repository(Book))):
    return []


@router.post("/authors")
def create(service: Annotated[AuthorService, Depends()]):
    return service
