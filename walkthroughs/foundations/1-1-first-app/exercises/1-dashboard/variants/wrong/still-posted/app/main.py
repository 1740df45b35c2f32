from fastapi import FastAPI

from app.runs import RUNS, Run, best

app = FastAPI(title="Training runs")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/runs")
def list_runs() -> list[Run]:
    return RUNS


@app.post("/runs/best")
def best_run() -> Run:
    return best()
