from fastapi import APIRouter


class ApiRouter(APIRouter):
    area = "general"

    def __init__(self, prefix: str = "", **kwargs):
        super().__init__(prefix=f"/{self.area}{prefix}", **kwargs)


class SeaRouter(ApiRouter):
    area = "sea"
