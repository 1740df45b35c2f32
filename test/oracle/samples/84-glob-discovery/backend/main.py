import importlib
import os

from fastapi import FastAPI

from backend.routers import api_router

app = FastAPI()
app.include_router(api_router, prefix="/api")

jobs_dir = os.path.join(os.path.dirname(os.path.abspath(__file__)), "jobs")
for filename in sorted(os.listdir(jobs_dir)):
    name, ext = os.path.splitext(filename)
    if ext != ".py" or name.startswith("__"):
        continue
    app.include_router(importlib.import_module("backend.jobs." + name).router, prefix="/jobs")
