import importlib
import inspect

from fastapi import APIRouter, FastAPI

from host.config import INSTALLED_PLUGINS
from host.loader import import_string

app = FastAPI()


def as_router(plugin) -> APIRouter:
    if isinstance(plugin, APIRouter):
        return plugin
    if inspect.isclass(plugin):
        return plugin().router
    raise TypeError(plugin)


for dotted in INSTALLED_PLUGINS:
    plugin = as_router(import_string(dotted))
    module = importlib.import_module(dotted.split(":")[0].rsplit(".", 1)[0] if ":" not in dotted else dotted.split(":")[0])
    app.include_router(plugin, prefix=getattr(module, "PLUGIN_PREFIX", ""))
