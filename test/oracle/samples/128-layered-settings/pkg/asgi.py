from importlib import import_module

from fastapi import FastAPI

from pkg.conf import settings

application = FastAPI(debug=settings.DEBUG)
for label in settings.INSTALLED_APPS:
    try:
        routes = import_module(f"{label}.routes")
    except ModuleNotFoundError:
        continue
    application.include_router(routes.router, prefix=settings.ROOT_PREFIX)
