import bikes  # noqa: F401
import cars  # noqa: F401
from fastapi import FastAPI
from routers import vehicles

app = FastAPI()
app.include_router(vehicles)
