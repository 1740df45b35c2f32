from __future__ import annotations

import os
from dataclasses import dataclass, field, replace


def env_flag(name: str, default: bool = False) -> bool:
    raw = os.getenv(name)
    if raw is None:
        return default
    return raw.strip().lower() in {"1", "true", "yes", "on"}


@dataclass(frozen=True, slots=True)
class ApiConfig:
    root: str = "/api"
    version: int = 2

    @property
    def prefix(self) -> str:
        return f"{self.root}/v{self.version}"


@dataclass(frozen=True)
class Settings:
    api: ApiConfig = field(default_factory=ApiConfig)
    admin_prefix: str = field(default_factory=lambda: os.environ.get("ADMIN_PREFIX", "/backoffice"))
    metrics: bool = field(default_factory=lambda: env_flag("METRICS", True))
    tracing: bool = field(default_factory=lambda: env_flag("TRACING"))
    modules: tuple[str, ...] = ("orders", "invoices")


settings = Settings()
legacy_api = replace(settings.api, version=1)
