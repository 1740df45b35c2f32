from fastapi import FastAPI

from app.config import get_settings
from app.routes import v1

app = FastAPI(
    docs_url="/docs" if get_settings().docs_enabled else None,
    redoc_url=None,
)
app.include_router(v1, prefix=get_settings().api.prefix)


@app.post(get_settings().api.token_path)
def issue_token() -> str:
    return "token"


@app.get(get_settings().health_path)
def health() -> bool:
    return True
