import sys
from typing import TYPE_CHECKING

from fastapi import FastAPI

import flags
from flags import DEBUG, EXPERIMENTS

app = FastAPI()

if TYPE_CHECKING:
    from fastapi import APIRouter

    @app.get("/only-for-checkers")
    def only_for_checkers() -> "APIRouter": ...


if DEBUG:

    @app.get("/debug/echo")
    def echo() -> str:
        return "echo"

elif not flags.TESTING and flags.STAGE == "production":

    @app.get("/live")
    def live() -> str:
        return "live"

else:

    @app.get("/other")
    def other() -> str:
        return "other"


if sys.version_info >= (3, 9):

    @app.get("/modern")
    def modern() -> str:
        return "modern"

else:

    @app.get("/ancient")
    def ancient() -> str:
        return "ancient"


if EXPERIMENTS["recommendations"]:

    @app.get("/recommendations")
    def recommendations() -> list[str]:
        return []


if EXPERIMENTS.get("chat") or EXPERIMENTS.get("voice", False):

    @app.get("/chat")
    def chat() -> list[str]:
        return []


if __name__ == "__main__":

    @app.get("/script")
    def script() -> str:
        return "script"
