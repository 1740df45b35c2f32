from fastapi import APIRouter, FastAPI

from registry import CLEANING, FEEDING, PATHS, VERSIONS

animals, keepers = APIRouter(), APIRouter(prefix=PATHS["keepers"]["list"])
latest, *older = reversed(VERSIONS)
one = PATHS["animals"]["one"]
app = FastAPI()


@animals.get(PATHS["animals"]["list"])
def list_animals() -> list[str]:
    return []


@animals.get(one)
def read_animal(animal_id: int) -> int:
    return animal_id


@keepers.post(FEEDING.path, name=FEEDING.name)
def feed() -> bool:
    return True


@keepers.post(CLEANING[0], name=CLEANING.name)
def clean() -> bool:
    return True


app.include_router(animals, prefix="/" + latest)
for version in older[:1]:
    app.include_router(keepers, prefix=f"/{version}")
(first_path, *_), last = ["/gate", "/fence"], "/roof"
app.add_api_route(first_path, clean)
app.add_api_route(last, feed)
