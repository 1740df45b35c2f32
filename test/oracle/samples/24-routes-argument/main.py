from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import Mount, Route, WebSocketRoute

from pages import contact, feed, imprint, ticker

site = APIRouter(
    routes=[
        APIRoute("/contact", contact, methods=["POST"], name="contact-form"),
        Route("/imprint", imprint),
        APIWebSocketRoute("/feed", feed),
    ],
    prefix="/not-applied",
)

app = FastAPI(
    routes=[
        Route("/imprint", imprint, name="imprint-root"),
        WebSocketRoute("/ticker", ticker),
        Mount("/legal", routes=[Route("/imprint", imprint), Route("/terms", imprint, name="terms")]),
    ]
)


@app.get("/latest")
def latest() -> int:
    return 1


app.include_router(site, prefix="/site")
