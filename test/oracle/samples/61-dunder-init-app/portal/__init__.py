from fastapi import FastAPI

app = FastAPI()

from . import errors, views  # noqa: E402
from .news import news  # noqa: E402

app.include_router(news)
app.include_router(views.router, prefix="/pages")

__all__ = ["app", "errors"]
