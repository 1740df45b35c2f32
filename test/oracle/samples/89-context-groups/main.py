from contextlib import ExitStack, suppress

from fastapi import FastAPI

import handlers
from groups import Section, group

app = FastAPI()

with group(app, "/music", tags=["music"]) as music:
    music.get("/songs")(handlers.list_songs)
    with group(music, "/albums") as albums:
        albums.add_api_route("", handlers.list_albums)
        albums.add_api_route("/{album_id}", handlers.album)

with Section(app, "/live") as live:
    live.get("/radio")(handlers.radio)

with ExitStack() as stack:
    for year in (2024,):
        charts = stack.enter_context(group(app, f"/charts/{year}"))

        @charts.get("/top")
        def top(y: int = year):
            return y

with suppress(ModuleNotFoundError):
    import podcasts

    app.include_router(podcasts.router)
