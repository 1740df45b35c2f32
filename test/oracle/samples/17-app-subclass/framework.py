from typing import Any

from fastapi import FastAPI


class HealthMixin:
    def add_health(self, path: str = "/healthz") -> None:
        self.add_api_route(path, self.health, include_in_schema=False)  # type: ignore[attr-defined]

    async def health(self) -> dict[str, str]:
        return {"status": "pass"}


class ServiceApp(HealthMixin, FastAPI):
    def __init__(self, *, service: str, **kwargs: Any) -> None:
        super().__init__(title=service, docs_url=None, redoc_url=None, **kwargs)
        self.service = service
        self.add_health()
        self.add_api_route("/info", self.info)

    def info(self) -> dict[str, str]:
        return {"service": self.service}
