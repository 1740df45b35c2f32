from fastapi import APIRouter, FastAPI

app = FastAPI()
parent = APIRouter(prefix="/parent")
child = APIRouter(prefix="/child")

app.include_router(parent, prefix="/api")


@app.get("/after")
def after_include() -> int:
    return 1


@parent.get("/late")
def late_route() -> int:
    return 2


parent.include_router(child)


@child.get("/later")
def later_route() -> int:
    return 3


@child.websocket("/latest")
async def latest_socket(websocket: "WebSocket") -> None:
    await websocket.accept()


from fastapi import WebSocket  # noqa: E402

# What the include has taken stays as it was then.
parent.prefix = "/renamed"


@parent.get("/renamed-later")
def renamed_later() -> int:
    return 4


parent.include_router(child, prefix="/again")
