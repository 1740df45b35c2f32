import importlib

_LAZY = {"users_router": ".users", "teams_router": ".teams"}


def __getattr__(name: str):
    if name in _LAZY:
        module = importlib.import_module(_LAZY[name], __name__)
        return module.router
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
