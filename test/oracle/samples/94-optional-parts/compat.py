try:
    import orjson_that_is_not_there as json_backend
except ModuleNotFoundError:
    import json as json_backend

try:
    from fancy_metrics import metrics_router
except ImportError:
    metrics_router = None

try:
    import httpx  # noqa: F401

    HAS_HTTPX = True
except ImportError:
    HAS_HTTPX = False

BACKEND = json_backend.__name__
