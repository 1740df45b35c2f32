from fastapi import FastAPI

from plugins import audit, search
from wiring import Wiring, init_routes

app = FastAPI()
init_routes(app)
audit.register(app)
search.setup(app=app, prefix="/find")
Wiring(app).connect()
