from .router import admin_router as router


@router.post("/jobs")
async def start_job():
    return {}
