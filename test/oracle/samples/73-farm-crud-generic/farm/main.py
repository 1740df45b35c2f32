from fastapi import FastAPI

from farm.animals import cows, goats

app = FastAPI()
app.include_router(cows, prefix="/farm")
app.include_router(goats, prefix="/farm")
