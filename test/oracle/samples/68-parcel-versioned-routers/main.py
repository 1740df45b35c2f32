from fastapi import FastAPI
from parcels import labels, lost, pickups, returns
from versioned import Versions

api = Versions(1, 2)
api.include_router(labels)

for name, router in (("pickups", pickups), ("skip", lost), ("returns", returns), ("stop", lost)):
    if name == "skip":
        continue
    if name == "stop":
        break
    api.include_router(router, prefix=f"/{name[0]}")

app = FastAPI()
app.include_router(api, prefix="/parcels")
