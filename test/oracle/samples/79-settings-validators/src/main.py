from fastapi import FastAPI

from . import internal, items
from .settings import get_settings


def build() -> FastAPI:
    cfg = get_settings()
    application = FastAPI(docs_url=cfg.http.docs)
    application.include_router(items.router, prefix=cfg.api_prefix)
    application.include_router(internal.router, prefix=cfg.internal_prefix)
    if cfg.is_dev:
        application.include_router(internal.debug, prefix="/_debug")

    @application.get(cfg.http.health_path)
    def health():
        return {"ok": True}

    return application


app = build()
