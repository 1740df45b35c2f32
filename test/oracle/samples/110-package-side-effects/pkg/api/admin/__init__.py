from ...security import admin_only
from .. import router as api_router
from .router import admin_router

api_router.include_router(admin_router, dependencies=[admin_only])
