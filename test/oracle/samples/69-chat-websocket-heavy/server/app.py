from functools import partial

from fastapi import FastAPI, WebSocket
from starlette.endpoints import WebSocketEndpoint
from starlette.routing import WebSocketRoute

from server.rooms import lobby, rooms

app = FastAPI()
side_channel = FastAPI()


class Echo(WebSocketEndpoint):
    encoding = "text"

    async def on_receive(self, websocket: WebSocket, data: str) -> None:
        await websocket.send_text(data)


async def stream(websocket: WebSocket, kind: str = "audio") -> None:
    await websocket.accept()
    await websocket.close()


app.router.routes.append(WebSocketRoute("/echo", Echo))
app.router.add_websocket_route("/echo/{room}", Echo, name="echo-room")
for kind in ("audio", "video"):
    side_channel.add_api_websocket_route(f"/{kind}", partial(stream, kind=kind), name=kind)
side_channel.websocket("/raw")(stream)
app.include_router(rooms, prefix="/rooms")
app.mount("/side", side_channel)
app.include_router(lobby)
