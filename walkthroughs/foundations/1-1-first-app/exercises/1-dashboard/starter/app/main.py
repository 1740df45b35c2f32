"""What the dashboard asks: is the service up, which runs are there, and which of them is the best?"""

from fastapi import FastAPI

from app.runs import RUNS, Run

app = FastAPI(title="Training runs")


@app.get("/health")
def health():
    print({"status": "ok"})


@app.post("/runs")
def list_runs() -> list[Run]:
    return RUNS
