from pydantic import computed_field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file="../.env", env_ignore_empty=True, extra="ignore")

    API_V1_STR: str = "/api/v1"
    PROJECT_NAME: str = "Ledger"
    ENVIRONMENT: str = "local"

    @computed_field
    @property
    def is_local(self) -> bool:
        return self.ENVIRONMENT == "local"


settings = Settings()
