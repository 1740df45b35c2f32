from enum import Enum
from functools import lru_cache
from typing import Any

from pydantic_settings import BaseSettings


class AppEnvTypes(Enum):
    prod = "prod"
    dev = "dev"


class BaseAppSettings(BaseSettings):
    app_env: AppEnvTypes = AppEnvTypes.prod


class AppSettings(BaseAppSettings):
    debug: bool = False
    docs_url: str = "/docs"
    api_prefix: str = "/api"

    @property
    def fastapi_kwargs(self) -> dict[str, Any]:
        return {"debug": self.debug, "docs_url": self.docs_url}


class DevAppSettings(AppSettings):
    debug: bool = True


environments: dict[AppEnvTypes, type[AppSettings]] = {
    AppEnvTypes.dev: DevAppSettings,
    AppEnvTypes.prod: AppSettings,
}


@lru_cache
def get_app_settings() -> AppSettings:
    app_env = BaseAppSettings().app_env
    config = environments[app_env]
    return config()
