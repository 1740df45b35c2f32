from functools import partial

from fastapi import APIRouter, FastAPI

from converters import convert

app = FastAPI()
router = APIRouter(prefix="/convert")
documented = partial(router.get, include_in_schema=True, tags=["convert"])


@documented("/units")
def list_units() -> list[str]:
    return ["km", "mi"]


@partial(router.post, "/batch")()
def convert_batch(values: list[float]) -> list[float]:
    return values


router.get("/km-to-mi/{value}")(partial(convert, factor=0.621371))
router.add_api_route("/mi-to-km/{value}", partial(convert, factor=1.609344), name="mi_to_km")
router.get("/zero")(lambda: 0.0)
app.add_api_route("/version", lambda: "1.0", methods=["GET"])

app.include_router(router)
app.get("/about", name="about-page")(list_units)
