from fastapi import FastAPI

from shop.api import api

app = FastAPI()
app.include_router(api)
