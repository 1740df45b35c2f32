from importlib import import_module

from fastapi import FastAPI

from .config import current


def create_app(config_object=None, /, **overrides) -> FastAPI:
    cfg = config_object or current()
    app = FastAPI(debug=cfg.DEBUG)
    app.state.config = {key: getattr(cfg, key) for key in dir(cfg) if key.isupper()}
    app.state.config.update(overrides)
    for name in app.state.config["BLUEPRINTS"]:
        module = import_module("." + name, __package__)
        app.include_router(module.bp, prefix=app.state.config["API_PREFIX"])
    cfg.init_app(app)
    return app
