from dataclasses import asdict

from fastapi import FastAPI

from . import endpoints
from .table import INCLUDES, OPTIONS, ROWS

app = FastAPI()

for row in ROWS:
    app.include_router(row.router, prefix=row.prefix, tags=list(row.tags))
for router, prefix, _tags in ROWS[:1]:
    app.include_router(router, prefix=f"/unpacked{prefix}")
for include in INCLUDES:
    app.include_router(**include)
for name, options in OPTIONS.items():
    app.include_router(getattr(endpoints, name), **asdict(options))
app.include_router(**ROWS[0]._replace(prefix="/replaced")._asdict() | {"tags": []})
