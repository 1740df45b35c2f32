from fastapi import FastAPI
from starlette.routing import Host

from tenants import api_app, docs_app, partners

app = FastAPI()
app.host("api.example.org", api_app, name="api")
app.router.routes.append(Host("{tenant}.docs.example.org", app=docs_app))
app.include_router(partners, prefix="/partners")


@app.get("/")
def landing() -> str:
    return "landing"
