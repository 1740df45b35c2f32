from fastapi import FastAPI

from api import api_router

app = FastAPI(title="Clinic")
app.include_router(api_router, prefix="/api")


@app.get("/health", tags=["ops"])
def health() -> dict[str, str]:
    return {"status": "ok"}
