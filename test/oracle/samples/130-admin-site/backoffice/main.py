from fastapi import FastAPI

from . import admins  # noqa: F401
from .site import site

app = FastAPI()
app.include_router(site.router)
