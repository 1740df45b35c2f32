from fastapi import FastAPI

from .routes import account, audit, public, traced

OPTIONS = dict(title="api", version="1")


def create(*routers, prefix: str = "", **options) -> FastAPI:
    application = FastAPI(**OPTIONS, **options)
    for router in routers:
        application.include_router(router, prefix=prefix)
    return application


app = create(public, account, *[audit, traced], prefix="/x", redoc_url=None)
