from typing import Annotated, Callable, Generic, TypeVar

from fastapi import Depends

from .db import DB, Session, get_db

ModelT = TypeVar("ModelT")


class Repository(Generic[ModelT]):
    model: type[ModelT]

    def __init__(self, db: DB) -> None:
        self.db = db


class Author: ...


class Book: ...


class AuthorRepository(Repository[Author]):
    model = Author


class BookRepository(Repository[Book]):
    model = Book

    def __init__(self, db: DB, authors: Annotated[AuthorRepository, Depends()]) -> None:
        super().__init__(db)
        self.authors = authors


def get_repository(model: type[ModelT]) -> Callable[..., Repository[ModelT]]:
    def _get(db: Session = Depends(get_db)) -> Repository[ModelT]:
        repository = Repository[ModelT](db)
        repository.model = model
        return repository

    return _get


class Service(Generic[ModelT]):
    def __init__(self, repository: ModelT = Depends()):
        self.repository = repository


class AuthorService:
    def __init__(self, repo: AuthorRepository = Depends(AuthorRepository)) -> None:
        self.repo = repo
