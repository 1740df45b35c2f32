from fastapi import FastAPI

from . import API_ROOT, __version__
from .api.v1 import router

app = FastAPI(version=__version__)
app.include_router(router, prefix=API_ROOT)
