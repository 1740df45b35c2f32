from fastapi import APIRouter, FastAPI

from .sections import Section, Version
from .views import ROUTERS

app = FastAPI()

for version in Version:
    api = APIRouter(prefix=version.prefix)
    for section in Section.available(version):
        api.include_router(ROUTERS[section], prefix=section.path, tags=[section.name.lower()])
    app.include_router(api)

latest = max(Version)


@app.get("/latest" + latest.prefix)
def latest_version():
    return latest.name
