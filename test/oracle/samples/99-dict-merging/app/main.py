from fastapi import FastAPI

from .groups import b, by_length, merged, names, ordered, overridden

app = FastAPI()
for prefix, routers in merged.items():
    for router in routers:
        app.include_router(router, prefix=prefix)
for prefix in sorted(overridden):
    for router in overridden[prefix]:
        app.include_router(router, prefix="/o" + prefix)
for key in ("a", "b"):
    app.include_router(b, prefix=names[key])
for key, router in ordered.items():
    app.include_router(router, prefix=f"/{key}")
for prefix in by_length[2]:
    app.include_router(b, prefix=prefix)
popped = merged.pop("/three")
app.include_router(popped[-1], prefix=f"/left{len(merged)}")
