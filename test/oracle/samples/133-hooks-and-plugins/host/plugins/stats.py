from fastapi import APIRouter

from host.manager import Plugin, hook


class Stats(Plugin):
    priority = 10

    @hook("routers", priority=5)
    def make_router(self) -> APIRouter:
        router = APIRouter(prefix=f"/{self.name}")
        router.get("/daily")(self.daily)
        return router

    @hook("ready")
    def on_ready(self, app) -> None:
        app.add_api_route(f"/ready/{len(app.router.routes)}", self.daily, name="ready")

    async def daily(self):
        return {}
