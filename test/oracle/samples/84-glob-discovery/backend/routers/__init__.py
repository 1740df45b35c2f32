from importlib import import_module
from pathlib import Path

from fastapi import APIRouter

api_router = APIRouter()

for file in sorted(Path(__file__).parent.glob("*.py")):
    if file.stem == "__init__":
        continue
    module = import_module(f".{file.stem}", package=__package__)
    api_router.include_router(module.router, prefix=f"/{file.stem.replace('_', '-')}")
