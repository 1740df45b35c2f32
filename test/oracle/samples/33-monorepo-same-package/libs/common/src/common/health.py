from fastapi import FastAPI


def add_health(app: FastAPI, path: str = "/-/health") -> None:
    @app.get(path, include_in_schema=False)
    def healthy() -> bool:
        return True
