from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class FromAttributes(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class BookIn(BaseModel):
    isbn: str = Field(pattern=r"^\d{13}$")
    title: str = Field(min_length=1, max_length=200)
    price_cents: int = Field(ge=0)
    author_id: int


class BookOut(FromAttributes):
    id: int
    isbn: str
    title: str
    price_cents: int


class OrderLineIn(BaseModel):
    book_id: int
    quantity: int = Field(ge=1, le=100)


class OrderIn(BaseModel):
    lines: list[OrderLineIn] = Field(min_length=1)


class OrderLineOut(FromAttributes):
    book_id: int
    quantity: int


class OrderOut(FromAttributes):
    id: int
    created_at: datetime
    lines: list[OrderLineOut]


class UserOut(FromAttributes):
    id: int
    name: str


class Credentials(BaseModel):
    email: str
    password: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"
