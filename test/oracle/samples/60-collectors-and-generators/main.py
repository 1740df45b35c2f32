from fastapi import FastAPI

from collect import all_routers, iterate, merged, router_for

app = FastAPI()
for router in sorted(all_routers(), key=lambda r: r.prefix, reverse=True):
    app.include_router(router)
for prefix, router in iterate():
    app.include_router(router, prefix=prefix)
app.include_router(merged("/all", *all_routers()))
app.include_router(router_for("waitress"), prefix="/roles")
