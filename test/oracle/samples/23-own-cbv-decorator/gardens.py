from fastapi import APIRouter

from cbv import controller, route

router = APIRouter(prefix="/gardens")


@controller(router)
class GardenController:
    @route("/", "GET")
    def list_gardens(self) -> list[str]:
        return []

    def helper(self) -> None:
        return None

    @route("/{garden_id}/beds", "GET", "POST")
    async def beds(self, garden_id: int) -> int:
        return garden_id
