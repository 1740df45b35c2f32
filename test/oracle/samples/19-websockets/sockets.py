from fastapi import APIRouter, WebSocket

chat = APIRouter(prefix="/v1")
presence = APIRouter(prefix="/presence")


@chat.websocket("/{channel}")
async def join(websocket: WebSocket, channel: str) -> None:
    await websocket.accept()
    await websocket.close()


@chat.websocket_route("/raw")
async def raw_socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


async def who_is_online(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


presence.add_api_websocket_route("/online", who_is_online, name="online")
presence.add_websocket_route("/legacy-online", who_is_online)


@presence.get("/online")
def online_count() -> int:
    return 0
