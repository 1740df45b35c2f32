from functools import partial

from fastapi import FastAPI

from . import things

app = FastAPI()
include = partial(app.include_router, prefix="/svc")
include(things.router)
include(things.guarded, prefix="")
include(things.toolbox.router, tags=["tools"])
