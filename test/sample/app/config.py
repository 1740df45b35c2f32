from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BOOKSHOP_", env_file=".env")

    database_url: str = "sqlite+aiosqlite:///bookshop.db"
    secret_key: str = "b00kshop-s1gning-k3y-2024"
    token_minutes: int = 30
    covers_url: str = "https://covers.example.com"


@lru_cache
def get_settings() -> Settings:
    return Settings()
