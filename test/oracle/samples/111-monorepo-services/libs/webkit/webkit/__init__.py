from .app import ServiceApp as ServiceApp
from .app import service
from .health import health_router as health_router

__all__ = ["ServiceApp", "health_router", "service"]
