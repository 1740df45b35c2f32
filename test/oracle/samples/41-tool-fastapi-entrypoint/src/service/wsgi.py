from fastapi import FastAPI

from .tides import router

service = FastAPI()
service.include_router(router)
