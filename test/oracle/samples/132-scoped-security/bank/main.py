from fastapi import FastAPI

from .accounts import router
from .security import Scope, scoped

app = FastAPI()
app.include_router(router, dependencies=[scoped(Scope.AUDIT)])
app.include_router(router, prefix="/internal", include_in_schema=False)
