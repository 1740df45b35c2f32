from fastapi import APIRouter, Request
from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse

api = APIRouter(prefix="/api", redirect_slashes=False)


def front(request: Request) -> PlainTextResponse:
    return PlainTextResponse("front")


async def edition(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.path_params["number"])


class Archive(HTTPEndpoint):
    def get(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("archive")


@api.get("/headlines/")
def headlines() -> list[str]:
    return []
