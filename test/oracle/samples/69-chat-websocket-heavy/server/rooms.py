from fastapi import APIRouter, WebSocket

rooms = APIRouter()
lobby = APIRouter(prefix="/lobby", tags=["lobby"])
voice = APIRouter(prefix="/voice")


@voice.websocket("/{user}")
async def join_voice(websocket: WebSocket, user: str) -> None:
    await websocket.accept()


@voice.post("/{user}/mute")
async def mute(user: str) -> str:
    return user


@lobby.websocket("")
async def lobby_socket(websocket: WebSocket) -> None:
    await websocket.accept()


rooms.include_router(voice, prefix="/{room}")
