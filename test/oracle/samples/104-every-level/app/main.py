from fastapi import Depends, FastAPI

from . import deps
from .inner import inner

app = FastAPI(dependencies=deps.COMMON)


@app.get("/direct", dependencies=[Depends(d) for d in [deps.b]])
def direct():
    return 1


app.include_router(inner, prefix="/outer", dependencies=[*deps.ALL])
app.include_router(inner, prefix="/none")


@app.post("/scoped")
def scoped(value: int = Depends(deps.d, scope="function"), other: int = Depends(deps.d, scope="request")):
    return value
