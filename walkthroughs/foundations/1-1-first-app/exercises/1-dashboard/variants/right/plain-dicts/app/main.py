from dataclasses import asdict

from fastapi import FastAPI

from app.runs import RUNS

app = FastAPI(title="Training runs")


@app.get("/runs/best")
def best_run():
    found = None
    for run in RUNS:
        if found is None or run.accuracy > found.accuracy:
            found = run
    return {"name": found.name, "accuracy": found.accuracy}


@app.get("/runs")
def list_runs():
    return [asdict(run) for run in RUNS]


@app.get("/health")
def health():
    return dict(status="ok")
