from fastapi import FastAPI

from host.manager import Manager

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
manager = Manager().load()
for router in manager.call("routers"):
    app.include_router(router)
manager.call("ready", app)
app.add_api_route(f"/plugins/{'/'.join(plugin.name for plugin in manager.plugins)}", lambda: manager.errors, name="plugins")
