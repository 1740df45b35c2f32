import fastapi

from . import containers
from .containers import Routers

app: fastapi.FastAPI = fastapi.FastAPI()
app.include_router(containers.by_topic["geo"])
app.include_router(Routers.time)
app.include_router(containers.ordered[-1], prefix="/last")
app.router.include_router(containers.namespace.misc)
