from fastapi import APIRouter, FastAPI

from spec import SPEC, Page, Redirect

app = FastAPI()


def show():
    return None


def register(entry) -> int:
    match entry:
        case Page(path=path):
            app.add_api_route(path, show, name="page")
        case Redirect(source, target):
            app.add_api_route(source, show, methods=["GET", "HEAD"], name=f"to{target}")
        case ("GET", path):
            app.add_api_route(path, show, name="tuple-get")
        case (method, path):
            app.add_api_route(path, show, methods=[method], name="tuple")
        case {"path": path, **rest} if rest.get("hidden"):
            app.add_api_route(path, show, include_in_schema=False, name="hidden")
        case str() as path:
            app.add_api_route(path, show, name="str")
        case None | False:
            return 0
        case _:
            app.add_api_route("/unknown", show)
    return 1


count = sum(register(entry) for entry in SPEC)

if (total := count) > 5:
    app.add_api_route(f"/total/{total}", show, name="total")

ENVIRONMENT = "local"
match ENVIRONMENT:
    case "prod" | "staging":
        prefix = "/live"
    case "local" | "test":
        prefix = "/sandbox"
    case other:
        prefix = f"/{other}"

app.include_router(sandbox := APIRouter(prefix=prefix))


@sandbox.get("/ping")
def ping():
    return "pong"


for path in [cleaned for raw in (" /a ", "", "/b") if (cleaned := raw.strip())]:
    sandbox.add_api_route(path, show, name=path[1:])
