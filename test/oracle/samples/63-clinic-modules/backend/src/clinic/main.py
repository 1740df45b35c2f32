from itertools import chain

from fastapi import FastAPI

from clinic import modules

app = FastAPI()
for router in chain(modules.public, *modules.internal.values()):
    app.include_router(router, prefix=modules.PREFIX)
