from . import router


@router.get("/cats")
def cats():
    return []
