import json
from dataclasses import asdict

from fastapi import FastAPI

from app.runs import RUNS, best

app = FastAPI(title="Training runs")


@app.get("/health")
def health():
    return json.dumps({"status": "ok"})


@app.get("/runs")
def list_runs():
    return json.dumps([asdict(run) for run in RUNS])


@app.get("/runs/best")
def best_run():
    return json.dumps(asdict(best()))
