from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from people import router

app = FastAPI()
app.include_router(router, prefix="/people")


@app.get("/files/{file_path:path}")
def read_file(file_path: str) -> str:
    return file_path


@app.get("/files/latest")
def latest_file() -> str:
    return "never reached"


@app.post("/files/latest")
def upload_latest() -> str:
    return "reached"


app.mount("/", StaticFiles(directory=".", check_dir=False), name="spa")


@app.get("/after-the-spa")
def after_the_spa() -> str:
    return "never reached"
