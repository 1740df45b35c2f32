from importlib import import_module

from fastapi import FastAPI

INSTALLED = ("blog", "forum", "wiki")

app = FastAPI()

for name in INSTALLED:
    module = import_module(f"apps.{name}.api")
    app.include_router(getattr(module, "router"), prefix=f"/{name}")

legacy = __import__("apps.legacy", fromlist=["router"])
app.include_router(legacy.router, prefix="/legacy")
