from fastapi import FastAPI


def register(app: FastAPI) -> None:
    @app.get("/audit/log")
    async def audit_log() -> list[str]:
        return []

    @app.delete("/audit/log")
    async def clear_audit_log() -> None:
        return None
