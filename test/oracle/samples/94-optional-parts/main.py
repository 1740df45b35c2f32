import sys

from fastapi import FastAPI

from compat import HAS_HTTPX, metrics_router

try:
    from extras.graph import router as graph_router
except ImportError as error:
    graph_router = None
    reason = str(error)
else:
    reason = ""
finally:
    checked = True

app = FastAPI()

if metrics_router is None:
    from local_metrics import router as metrics_router

app.include_router(metrics_router)

if HAS_HTTPX:
    import proxy

    app.include_router(proxy.router)

if graph_router:
    app.include_router(graph_router)
else:

    @app.get("/graph")
    def graph_missing():
        return reason


if sys.version_info >= (3, 11) and checked:

    @app.get("/modern")
    def modern():
        return sys.version


try:
    prefix = {"a": "/a"}["b"]
except KeyError:
    prefix = "/fallback"


@app.get(prefix)
def fallback():
    return 1
