from pydantic import BaseModel


class Author(BaseModel):
    name: str


class Book(BaseModel):
    title: str


class Country(BaseModel):
    code: str
