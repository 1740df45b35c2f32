from fastapi import FastAPI
from fastapi.routing import APIRouter
from starlette.applications import Starlette
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles

from press.pages import Archive, api, front, edition

legacy = Starlette(
    routes=[
        Route("/", front, name="front"),
        Mount("/editions", routes=[Route("/{number:int}", edition, methods=["GET", "POST"])]),
        Mount("/assets", StaticFiles(directory=".", check_dir=False)),
    ]
)
archive = Router()
archive.add_route("/{year:int}", Archive)
wrapped = APIRouter(prefix="/unused", routes=[Mount("/archive", archive, name="archive")])

app = FastAPI(redirect_slashes=False)
app.include_router(api)
app.include_router(wrapped, prefix="/press")
app.mount("/legacy", legacy)
