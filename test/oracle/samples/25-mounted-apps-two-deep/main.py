from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from admin.app import admin_app

BASE_DIR = Path(__file__).resolve().parent

app = FastAPI()


@app.get("/app")
def read_main() -> dict[str, str]:
    return {"message": "main"}


app.mount("/admin", admin_app)
app.mount("/static", StaticFiles(directory=BASE_DIR / "static"), name="static")
app.mount(
    "/downloads/",
    StaticFiles(directory=BASE_DIR / "static", html=True),
    name="downloads",
)
