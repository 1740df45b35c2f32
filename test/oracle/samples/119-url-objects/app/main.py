from fastapi import APIRouter, FastAPI

from .urls import Countdown, api, cars, names, v1

app = FastAPI()
router = APIRouter(prefix=str(v1 / "things"))


def show():
    return 1


router.get("/")(show)
app.include_router(router)
app.add_api_route(api + "/plus", show)
app.add_api_route(f"{v1.admin.users}", show)
app.add_api_route(cars.sub("old"), show)
app.add_api_route(cars.singular, show)
for name in names:
    app.add_api_route(f"/{name}", show, name=name)
app.add_api_route(f"/{names[0]}/{len(names)}", show)
for file in names("json"):
    app.add_api_route(cars + "/" + file, show)
for number in Countdown(2):
    app.add_api_route(f"/t-{number}", show)
if "fast" in names and "odd" not in names:
    app.add_api_route("/contains", show)
