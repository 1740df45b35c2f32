from fastapi import FastAPI

from .api import *

app = FastAPI()
app.include_router(router)  # noqa: F405
app.include_router(dogs.router, prefix="/direct")  # noqa: F405
