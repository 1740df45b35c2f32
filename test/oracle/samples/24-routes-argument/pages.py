from fastapi import Request, WebSocket
from starlette.responses import PlainTextResponse


async def imprint(request: Request) -> PlainTextResponse:
    return PlainTextResponse("imprint")


def contact() -> bool:
    return True


async def feed(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


async def ticker(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()
