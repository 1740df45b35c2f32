from common.health import add_health
from fastapi import FastAPI

from app.api import router

app = FastAPI(title="Search")
app.include_router(router)
add_health(app)
