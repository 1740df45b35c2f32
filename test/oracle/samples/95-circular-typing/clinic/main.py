from fastapi import FastAPI

app = FastAPI()

from .routes import register, router  # noqa: E402

app.include_router(router)
register()
