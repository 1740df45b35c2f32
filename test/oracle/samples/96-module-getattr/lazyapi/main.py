from fastapi import FastAPI

import lazyapi


def create_app() -> FastAPI:
    from lazyapi import teams_router

    app = FastAPI()
    app.include_router(lazyapi.users_router)
    app.include_router(teams_router, prefix="/org")

    def attach_late() -> None:
        from . import late

        app.include_router(late.router)

    attach_late()
    return app


app = create_app()
