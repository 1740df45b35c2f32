from fastapi import APIRouter, FastAPI

shared = APIRouter(prefix="/shared")

public = FastAPI(title="Public")
private = FastAPI(title="Private")


@shared.get("/time")
def read_time() -> float:
    return 0.0


public.include_router(shared)


@public.get("/offers")
def list_offers() -> list[str]:
    return []


@private.get("/offers")
@private.post("/offers")
def manage_offers() -> list[str]:
    return []


private.include_router(shared, prefix="/internal")

app = FastAPI()
app.mount("/public", public)
app.mount("/private", private, name="private")


@shared.get("/zone")
def read_zone() -> str:
    return "UTC"
