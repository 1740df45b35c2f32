from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from pages import manifest, maps, news, offline

app = FastAPI()


@app.get("/inline")
def inline() -> str:
    return "inline"


app.router.routes.append(APIRoute("/news", news, methods=["GET"]))
app.routes.append(Route("/manifest.json", manifest))
app.router.routes.extend(
    [
        APIRoute("/maps/{z:int}/{x:int}/{y:int}", maps, name="tile"),
        Mount("/pwa", routes=[Route("/offline", offline)], name="pwa"),
    ]
)
app.router.routes.insert(0, APIRoute("/first", news, name="first-news"))
