from fastapi import APIRouter

from host.manager import Plugin, hook


class Auth(Plugin):
    @hook("routers")
    def router(self):
        router = APIRouter()

        @router.post(f"/{self.name}/login")
        def login():
            return "token"

        return router


plugin = Auth()
