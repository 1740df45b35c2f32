from fastapi import FastAPI
from fastapi.routing import APIRoute

from .routes import dropped, router, second


@(app := FastAPI(docs_url=None)).get("/first")
def first():
    return 1


@app.get("/hidden")
def hidden():
    return 1


@app.post("/hidden")
def hidden_post():
    return 1


def is_kept(route) -> bool:
    return not (route.path == "/hidden" and "GET" in getattr(route, "methods", ()))


app.router.routes[:] = [route for route in app.routes if is_kept(route)]
for route in app.routes:
    if isinstance(route, APIRoute):
        route.operation_id = route.name
        route.name = f"root-{route.name}"

app.include_router(router)
app.include_router(second, prefix="/second")
app.router.routes.insert(0, dropped)
