from fastapi import FastAPI

from .api import Api, Derived

app = FastAPI()
app.include_router(Derived.router)
app.include_router(Api.Admin.router, prefix="/direct")
app.include_router(Derived.extra, dependencies=Derived.DEPENDENCIES)
