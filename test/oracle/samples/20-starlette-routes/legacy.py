from fastapi import APIRouter, Request
from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse

router = APIRouter(prefix="/ignored-for-plain")


async def plain_metrics(request: Request) -> PlainTextResponse:
    return PlainTextResponse("requests_total 1")


def robots(request: Request) -> PlainTextResponse:
    return PlainTextResponse("User-agent: *")


class ReportEndpoint(HTTPEndpoint):
    async def get(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("report")

    async def post(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("posted")


@router.route("/status", methods=["GET", "POST"])
async def status_page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


@router.get("/typed")
async def typed() -> str:
    return "typed"


router.add_route("/robots", robots)
