import importlib
import pkgutil

from fastapi import APIRouter, FastAPI

import endpoints

app = FastAPI()

for info in pkgutil.iter_modules(endpoints.__path__):
    module = importlib.import_module(f"{endpoints.__name__}.{info.name}")
    router = getattr(module, "router", None)
    if isinstance(router, APIRouter):
        app.include_router(router, prefix="/api")
