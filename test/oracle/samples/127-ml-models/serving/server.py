from fastapi import APIRouter, FastAPI

from serving import models  # noqa: F401
from serving.registry import registry

app = FastAPI()
predictions = APIRouter(prefix="/predict")

for name, version, predict in registry:
    predictions.post(f"/{name}/{version}", name=f"{name}@{version}")(predict)
    if version == registry.latest(name):
        predictions.add_api_route(f"/{name}", predict, methods=["POST"], name=name)

app.include_router(predictions)
