from fastapi import APIRouter, Depends, FastAPI, Security

from .security import SCOPES, active, owner, user

app = FastAPI(dependencies=[Security(user, scopes=SCOPES)])
outer = APIRouter(prefix="/outer", dependencies=[Security(active)])
inner = APIRouter(prefix="/inner", dependencies=[Depends(owner, use_cache=False)])


@inner.get("/leaf", dependencies=[Security(active, scopes=(*SCOPES, "leaf"))])
def leaf(me: str = Security(owner, scopes=["leaf:own"], use_cache=False)):
    return me


@outer.websocket("/ws")
async def ws(websocket, me: str = Security(user, scopes=["ws"])):
    await websocket.accept()


@outer.get("/plain")
def plain():
    return 1


outer.include_router(inner, dependencies=[Security(user, scopes=["include"])])
app.include_router(outer)
