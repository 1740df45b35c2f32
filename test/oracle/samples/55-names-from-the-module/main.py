from fastapi import FastAPI

from areas import boilers, heat_pumps

app = FastAPI()
app.include_router(boilers.router)
app.include_router(heat_pumps.router)
