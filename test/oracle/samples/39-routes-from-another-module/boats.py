"""Nobody imports this module: its routes are not there."""

from routers import vehicles


@vehicles.get("/boats")
def list_boats() -> list[str]:
    return []
