from fastapi import FastAPI

import views
from settings import Options


def create_app(options: Options | None = None) -> FastAPI:
    options = options or Options()
    application = FastAPI(title="Support desk")

    for version in options.versions:
        application.include_router(views.tickets, prefix=f"{options.prefix}/{version}")
    if options.with_admin:
        application.include_router(views.admin)
    if options.with_debug:
        application.include_router(views.debug)

    @application.get("/ping")
    def ping() -> str:
        return "pong"

    return application


app = create_app(Options(prefix="/desk", with_admin=False))
