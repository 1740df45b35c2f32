from fastapi import FastAPI

from . import catalog
from .controllers import Controller

app = FastAPI()
for controller in Controller.controllers:
    app.include_router(controller.mount())
