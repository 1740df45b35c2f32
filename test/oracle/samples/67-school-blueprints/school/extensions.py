from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse


def init_app(app: FastAPI) -> None:
    async def favicon(request: Request) -> RedirectResponse:
        return RedirectResponse("/static/favicon.ico")

    app.add_route("/favicon.ico", favicon, include_in_schema=False)
