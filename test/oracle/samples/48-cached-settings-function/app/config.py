from functools import lru_cache

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class V1Prefix(BaseModel):
    prefix: str = "/v1"
    users: str = "/users"
    posts: str = Field(default="/posts")


class ApiPrefix(BaseModel):
    prefix: str = "/api"
    v1: V1Prefix = V1Prefix()

    @property
    def token_path(self) -> str:
        return f"{self.prefix}{self.v1.prefix}/auth/token"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MUSEUM_", env_nested_delimiter="__")

    api: ApiPrefix = ApiPrefix()
    docs_enabled: bool = False
    health_path: str = Field("/healthz", description="Liveness probe")


@lru_cache
def get_settings() -> Settings:
    return Settings()
