from fastapi import FastAPI

from endpoints import limits, quota, stats
from regions import Region, Tier

app = FastAPI()
by_name = {"quota": quota, "limits": limits}

for router in by_name.values():
    app.include_router(router, prefix="/common")

for region in Region:
    app.include_router(stats, prefix=f"/{region.value}")

for tier in Tier:
    for name in by_name:
        app.include_router(by_name[name], prefix=tier.value)

for index, router in enumerate([quota, limits], start=1):
    app.include_router(router, prefix=f"/shard-{index}")

for letter, router in zip("ab", (limits, stats)):
    app.include_router(router, prefix="/" + letter)

[app.include_router(stats, prefix=prefix) for prefix in ("/left", "/right")]
