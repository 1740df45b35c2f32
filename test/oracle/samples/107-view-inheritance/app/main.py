from fastapi import FastAPI

from . import views
from .base import AbstractView

app = FastAPI()
for view in [views.PlanetView, views.MoonView, views.StarView]:
    app.include_router(view().router)
missing = [cls.__name__ for cls in AbstractView.__subclasses__()]
app.add_api_route(f"/meta/{len(missing)}", lambda: missing, name="meta")
