from fastapi import APIRouter, FastAPI

from urls import MEDIA, NAME, V2, join

app = FastAPI()
gallery = APIRouter(prefix="/%s" % NAME)


@app.get(MEDIA + "/{image}")
def read_image(image: str) -> str:
    return image


@app.get(join("/exhibits/", "", "{exhibit_id}", "labels"))
def exhibit_labels(exhibit_id: int) -> int:
    return exhibit_id


@gallery.get("/%s/%d" % ("room", 12))
def room_twelve() -> int:
    return 12


@gallery.get("/" + "/api/v2/rooms".removeprefix("/api/v2/"))
def rooms() -> list[int]:
    return []


app.include_router(gallery, prefix=V2)
