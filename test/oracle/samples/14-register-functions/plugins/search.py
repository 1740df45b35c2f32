from fastapi import APIRouter, FastAPI


def _build(prefix: str) -> APIRouter:
    router = APIRouter(prefix=prefix)

    @router.get("/suggest")
    def suggest(q: str = "") -> list[str]:
        return [q]

    return router


def setup(app: FastAPI, prefix: str = "/search") -> None:
    app.include_router(_build(prefix))
