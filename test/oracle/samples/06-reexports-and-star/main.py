from fastapi import FastAPI

from endpoints import *
from endpoints import orders_router as checkout

app = FastAPI()
app.include_router(catalog_router, prefix="/catalog")
app.include_router(checkout, prefix="/checkout")
app.include_router(shipping)
