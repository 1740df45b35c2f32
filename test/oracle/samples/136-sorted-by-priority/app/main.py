from fastapi import FastAPI

from . import views  # noqa
from .ordered import ALL

app = FastAPI()
for r in sorted(ALL):
    app.include_router(r)
