from functools import cache
from typing import Literal

from pydantic import BaseModel, Field, computed_field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class HttpSettings(BaseModel):
    base: str = "/svc"
    docs: str | None = "/docs"
    health_path: str = "/healthz"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_nested_delimiter="__", extra="ignore")

    environment: Literal["dev", "staging", "prod"] = "dev"
    http: HttpSettings = HttpSettings()
    api_version: str = Field(default="v1", description="major version")
    public_url: str = Field("https://shop.example", alias="PUBLIC_URL")
    internal_prefix: str | None = None

    @model_validator(mode="after")
    def fill_internal(self) -> "Settings":
        if self.internal_prefix is None:
            self.internal_prefix = f"{self.http.base}/internal"
        return self

    @computed_field
    @property
    def api_prefix(self) -> str:
        return "/".join([self.http.base, self.api_version])

    @property
    def is_dev(self) -> bool:
        return self.environment == "dev"


@cache
def get_settings() -> Settings:
    return Settings()
