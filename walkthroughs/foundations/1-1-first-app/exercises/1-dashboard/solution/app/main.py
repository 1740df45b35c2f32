"""What the dashboard asks: is the service up, which runs are there, and which of them is the best?"""

from fastapi import FastAPI

from app.runs import RUNS, Run, best

app = FastAPI(title="Training runs")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/runs")
def list_runs() -> list[Run]:
    return RUNS


@app.get("/runs/best")
def best_run() -> Run:
    return best()
