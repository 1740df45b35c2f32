import inspect

from fastapi import FastAPI

from .plugins import PLUGINS, Cache
from .protocols import Plugin

app = FastAPI()
installed = []
for plugin in PLUGINS:
    if inspect.isclass(plugin) and issubclass(plugin, Cache):
        plugin = plugin()
        plugin.name = "second"
    if isinstance(plugin, Plugin):
        plugin.install(app)
    elif hasattr(plugin, "router"):
        app.include_router(plugin.router)
    elif callable(plugin):
        plugin(app)
    else:
        continue
    installed.append(getattr(plugin, "name", plugin.__name__ if hasattr(plugin, "__name__") else "?"))

app.add_api_route("/plugins/" + "-".join(installed), lambda: installed, name="plugins")
