from functools import reduce
from itertools import chain, product, starmap
from operator import attrgetter

from fastapi import APIRouter, FastAPI

from parts import birds, cats, dogs

MAMMALS = (cats, dogs)
OTHERS = (birds,)


def combine(parent: APIRouter, child: APIRouter) -> APIRouter:
    parent.include_router(child)
    return parent


animals = reduce(combine, map(attrgetter("router"), chain(MAMMALS, OTHERS)), APIRouter(prefix="/animals"))

app = FastAPI()
app.include_router(animals)


def versioned(version: str, region: str) -> APIRouter:
    router = APIRouter(prefix=f"/{version}/{region}")

    @router.get("/ping", name=f"ping-{version}-{region}")
    def ping():
        return region

    return router


for router in starmap(versioned, product(["v1", "v2"], ["eu", "us"])):
    app.include_router(router)

paths = dict(zip(("a", "b", "c"), ("/alpha", "/beta", "/gamma")))
for index, (key, path) in enumerate(sorted(paths.items(), reverse=True), start=1):

    def handler(k: str = key):
        return k

    app.add_api_route(f"{path}/{index}", handler, methods=["GET"], name=key)

first, *rest = sorted(["/z", "/y", "/x"], key=len)
app.get(first)(lambda: "first")
for path in rest:
    app.add_api_route(path, lambda: "rest", methods=["POST"])

any(app.include_router(r, prefix="/never") for r in [])
list(map(lambda m: app.include_router(m.router, prefix="/again"), OTHERS))
