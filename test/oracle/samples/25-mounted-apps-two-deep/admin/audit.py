from fastapi import APIRouter, FastAPI, WebSocket

events = APIRouter(prefix="/events")


@events.get("/{event_id}")
def read_event(event_id: int) -> int:
    return event_id


@events.websocket("/tail")
async def tail(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


audit_app = FastAPI(openapi_url=None)
audit_app.include_router(events)
