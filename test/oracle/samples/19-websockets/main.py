from fastapi import FastAPI, WebSocket

from sockets import chat, presence

app = FastAPI()


@app.websocket("/ws")
async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())


@app.websocket("/ws/{room}", name="room-socket")
async def room_socket(websocket: WebSocket, room: str) -> None:
    await websocket.accept()
    await websocket.close()


app.add_api_websocket_route("/ws-admin", room_socket)
app.include_router(chat, prefix="/chat")
app.include_router(presence)
