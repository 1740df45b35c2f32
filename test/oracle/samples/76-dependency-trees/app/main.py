from fastapi import APIRouter, Depends, FastAPI

from .deps import get_engine, get_session, require
from .routes import Views, router

app = FastAPI(dependencies=[Depends(get_engine)])
inner = APIRouter(dependencies=[Depends(require("inner"))])
inner.include_router(Views.view_router, dependencies=[Depends(get_session)])
app.include_router(router)
app.include_router(router, prefix="/v2", dependencies=[Depends(get_session, use_cache=False)])
app.include_router(inner, prefix="/inner", dependencies=[Depends(get_engine)])


@app.get("/health", dependencies=[Depends(get_session, scope="function")])
def health() -> None: ...


def added(session: str = Depends(get_session)) -> None: ...


app.add_api_route("/added", added, dependencies=[Depends(require("added"))])
sub = FastAPI(dependencies=[Depends(get_session)])
sub.get("/sub")(added)
app.mount("/sub", sub)
