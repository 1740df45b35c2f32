import os

from fastapi import FastAPI

from features import beta, maintenance

API_PREFIX = os.getenv("ORCHARD_API_PREFIX", "/orchard")
ENABLE_BETA = os.environ.get("ORCHARD_ENABLE_BETA", "true").lower() == "true"
MAINTENANCE = bool(int(os.getenv("ORCHARD_MAINTENANCE", "0")))

app = FastAPI()


@app.get(API_PREFIX + "/trees")
def list_trees() -> list[str]:
    return []


if ENABLE_BETA:
    app.include_router(beta, prefix=API_PREFIX)

if MAINTENANCE:
    app.include_router(maintenance)

if os.getenv("ORCHARD_TRACE"):

    @app.get("/trace")
    def trace() -> str:
        return "trace"
