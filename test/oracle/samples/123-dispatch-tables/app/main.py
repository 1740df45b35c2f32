from operator import itemgetter, methodcaller
from types import SimpleNamespace

from fastapi import FastAPI

from .parts import Files, Ping, attach, router

app = FastAPI()
for part in (router, Ping("/ping"), Files("/files"), Ping(path="/ding", answer="dong")):
    attach(part, app)

table = [{"path": "/b", "order": 2}, {"path": "/a", "order": 1}]
for path in map(itemgetter("path"), sorted(table, key=itemgetter("order"))):
    app.add_api_route(path, router.routes[0].endpoint)

ns = SimpleNamespace(api=SimpleNamespace(path="/NS"))
ns.api.suffix = "/x"
app.add_api_route(methodcaller("lower")(ns.api.path) + ns.api.suffix, lambda: 1, name="ns")

ACTIONS = {"start": lambda: 1, "stop": lambda: 2}
for action, handler in sorted(ACTIONS.items(), key=lambda pair: -len(pair[0])):
    app.add_api_route(f"/do/{action}", handler, name=action, methods=["POST"])
