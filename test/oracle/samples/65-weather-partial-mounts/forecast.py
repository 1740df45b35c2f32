from fastapi import APIRouter, WebSocket

hourly = APIRouter()
sockets = APIRouter(prefix="/live")


@hourly.api_route("/rain", methods=["GET", "POST"], name="rain")
def rain() -> float:
    return 0.1


@sockets.websocket("/{station:int}")
async def live_station(websocket: WebSocket, station: int) -> None:
    await websocket.accept()
    await websocket.close()
