from fastapi import FastAPI

from routers import albums, charts, playlists, songs

ROUTES = [
    (songs, "/songs", ["songs"]),
    (albums, "/albums", ["albums"]),
]
MORE = {"/playlists": playlists, "/charts": charts}

app = FastAPI()
for router, prefix, tags in ROUTES:
    app.include_router(router, prefix=prefix, tags=tags)
for prefix, router in MORE.items():
    app.include_router(router=router, prefix="/music" + prefix)
