from fastapi import FastAPI

from crud import make_crud_router
from models import Author, Book, Country

app = FastAPI()
app.include_router(make_crud_router(Author, "/authors"))
books = make_crud_router(Book, prefix="/books")
app.include_router(books, prefix="/library")
app.include_router(make_crud_router(Country, "/countries", readonly=True))
