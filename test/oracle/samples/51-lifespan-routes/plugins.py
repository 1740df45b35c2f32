from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/plugins")


@router.get("/")
def list_plugins() -> list[str]:
    return []


def load_plugins(app: FastAPI) -> None:
    @app.get("/plugins/status")
    def plugin_status() -> str:
        return "loaded"


@router.on_event("startup")
async def add_plugin_pages() -> None:
    @router.get("/{name}")
    def plugin_page(name: str) -> str:
        return name
