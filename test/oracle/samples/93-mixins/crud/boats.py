from .mixins import CrudRoutes, DetailMixin, ListMixin


class BoatRoutes(CrudRoutes):
    def __init__(self) -> None:
        super().__init__("boats")

    def list(self):
        return ["own"]


class HarbourRoutes(ListMixin, DetailMixin):
    detail_path = "/{pk:int}"

    def __init__(self, region: str = "north"):
        self.region = region
        super().__init__(name="harbours-" + region)
