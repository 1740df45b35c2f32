from typing import Annotated

from fastapi import APIRouter, Depends, Security, WebSocket

from . import deps
from .deps import Admin, Filter, Named, Page, Role, SessionDep, WidePage, pick, require

router = APIRouter(prefix="/a", dependencies=[Depends(deps.bearer)])
admin_only = require("admin")
common = [Depends(admin_only), pick(deps.wrapped)]


@router.get("/classes")
def classes(
    page: Annotated[Page, Depends()],
    wide: WidePage = Depends(),
    named: Named = Depends(Named),
    given: Filter = Depends(use_cache=False),
) -> None: ...


@router.get("/objects", dependencies=[Depends(Role("a")), Depends(Admin("b"))])
def objects(role: str = Depends(Admin("c")), own: str = Depends(deps.own_bearer)) -> None: ...


@router.get("/methods")
def methods(
    bound: str = Depends(deps.service.current),
    made: str = Depends(deps.Service.made),
    plain: str = Depends(deps.Service.plain),
) -> None: ...


@router.get("/wrapped", dependencies=common)
def wrapped(
    one: str = Depends(deps.wrapped),
    two: int = Depends(deps.limited_to_ten),
    three: str = Depends(require("x", "y")),
) -> None: ...


@router.get("/security", dependencies=[Security(deps.get_user, scopes=["read"])])
def security(writer: str = Security(deps.get_writer), session: SessionDep = "") -> None: ...


@router.get("/scopes")
async def scopes(
    session: "Annotated[str, Depends(deps.get_session, scope='request')]",
    events: str = Depends(deps.events),
) -> None: ...


@router.get("/lambda")
def with_lambda(value: int = Depends(lambda: 1), *, session: SessionDep) -> None: ...


@router.websocket("/ws")
async def ws(websocket: WebSocket, session: SessionDep, role: Annotated[str, Depends(Role("ws"))]) -> None: ...


class Views:
    view_router = APIRouter(dependencies=[*common])

    @staticmethod
    @view_router.post("/view")
    def view(page: Page = Depends()) -> None: ...


for name in ("one", "two"):

    @router.get(f"/looped/{name}", name=name, dependencies=[Depends(require(name))])
    def looped(session: SessionDep) -> None: ...


@router.get("/security-alias")
def security_alias(editor: deps.Editor, plain: str = Security(deps.get_user)) -> None: ...
