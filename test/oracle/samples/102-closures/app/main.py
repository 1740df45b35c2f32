from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Security

from . import auth
from .auth import get_claims, header_guard, limited, require

admin = APIRouter(prefix="/admin", dependencies=[Depends(require("admin"))])
Editor = Annotated[dict, Depends(require("edit", "view"))]


@admin.get("/users", dependencies=[header_guard("x")])
def users(editor: Editor):
    return editor


@admin.get("/stats")
def stats(claims: Annotated[dict, Security(get_claims, scopes=["stats:read", "stats:all"])]):
    return claims


@admin.post("/jobs")
def jobs(
    limit: int = Depends(partial(limited, 5)),
    flag: bool = Depends(lambda: True),
    token: str = Depends(auth.get_token, use_cache=False),
):
    return limit


app = FastAPI()
app.include_router(admin, dependencies=[Security(get_claims, scopes=["app"])])
