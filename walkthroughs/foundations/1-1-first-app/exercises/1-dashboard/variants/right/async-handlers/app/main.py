from fastapi import FastAPI

from app import runs

app = FastAPI()


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.get("/runs")
async def all_runs():
    return runs.RUNS


@app.get("/runs/best")
async def best():
    return runs.best()
