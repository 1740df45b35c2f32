from . import router as module

admin_router = module.admin_router


@admin_router.get("/users")
def users():
    return []
