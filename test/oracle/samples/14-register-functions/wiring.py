from fastapi import APIRouter, FastAPI

members = APIRouter(prefix="/members")


@members.get("/")
def list_members() -> list[str]:
    return []


def welcome() -> str:
    return "welcome"


def init_routes(target: FastAPI) -> None:
    target.include_router(members)
    target.add_api_route("/welcome", welcome)


class Wiring:
    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def connect(self) -> "Wiring":
        self.app.add_api_route("/wired", self.wired, methods=["GET", "POST"])
        return self

    async def wired(self) -> bool:
        return True
