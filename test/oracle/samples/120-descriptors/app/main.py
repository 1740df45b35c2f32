from fastapi import FastAPI

from .descriptors import Configurable, Panel, router_of

app = FastAPI()
config = Configurable()
app.include_router(router_of(Panel, config))
config.prefix = "panels/"
app.include_router(router_of(Panel, config))
