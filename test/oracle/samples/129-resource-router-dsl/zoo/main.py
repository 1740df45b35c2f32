from fastapi import APIRouter, FastAPI

from .controllers import Animals, Feedings
from .dsl import Resources

router = APIRouter(prefix="/zoo")
routes = Resources(router)
animals = routes.resource("animals", Animals())
animals.resource("feedings", Feedings)
with routes.scope("v2") as v2:
    v2.resource("animals", Animals(), only=("index",))

app = FastAPI()
app.include_router(router)
