from fastapi import FastAPI

from . import resources
from .base import ResourceMeta

app = FastAPI()
for resource in ResourceMeta.registry.values():
    app.include_router(resource.router())
