from .catalog import router as catalog_router
from .orders import *
from .shipping import api as shipping

__all__ = ["catalog_router", "orders_router", "shipping"]
