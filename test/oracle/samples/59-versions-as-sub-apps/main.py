from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from resources import make_router, reports_app

app = FastAPI(openapi_url=None)
versions: dict[str, FastAPI] = {}

for number in range(1, 3):
    version = FastAPI(title=f"Version {number}", version=str(number))
    version.include_router(make_router(legacy=number == 1))
    versions[f"v{number}"] = version

for name, version in versions.items():
    app.mount(f"/{name}", version, name=name)

app.mount("/latest", versions["v2"])
app.mount("/reports", GZipMiddleware(reports_app))
