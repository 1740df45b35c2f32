from fastapi import FastAPI

from .hub import hub, telescopes


def _attach(prefix: str) -> None:
    hub.include_router(telescopes, prefix=prefix)


def finish(app: FastAPI) -> None:
    for hemisphere in ("north", "south"):
        _attach(f"/{hemisphere}")
    app.add_api_route("/sky/status", app_status)


def app_status() -> str:
    return "clear"
