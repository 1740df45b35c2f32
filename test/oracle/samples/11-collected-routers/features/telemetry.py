from fastapi import APIRouter, WebSocket

router = APIRouter(prefix="/telemetry")


@router.websocket("/{serial}/stream")
async def stream(websocket: WebSocket, serial: str) -> None:
    await websocket.accept()
    await websocket.close()


@router.post("/{serial}")
async def ingest(serial: str) -> int:
    return len(serial)
