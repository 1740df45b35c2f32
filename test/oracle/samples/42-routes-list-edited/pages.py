from fastapi import Request
from starlette.responses import JSONResponse, PlainTextResponse


def news() -> list[str]:
    return []


def maps(z: int, x: int, y: int) -> list[int]:
    return [z, x, y]


async def manifest(request: Request) -> JSONResponse:
    return JSONResponse({})


def offline(request: Request) -> PlainTextResponse:
    return PlainTextResponse("offline")
