from fastapi import APIRouter

labels = APIRouter(prefix="/labels")
pickups = APIRouter()
returns = APIRouter()
lost = APIRouter()


@labels.get("/{label}.{extension}")
def label_file(label: str, extension: str) -> str:
    return label + extension


@pickups.post("/pickups")
@returns.post("/returns")
def order_driver() -> bool:
    return True


@lost.get("/lost")
def lost_parcels() -> list[str]:
    return []
