from routers import vehicles as r


@r.get("/bikes")
def list_bikes() -> list[str]:
    return []
