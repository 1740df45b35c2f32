from backend.modules.fleet.router import router as fleet
from backend.modules.routes.router import router as routes
from fastapi import FastAPI

api = FastAPI()
api.include_router(fleet)
api.include_router(routes, prefix="/planned")
