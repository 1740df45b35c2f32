from fastapi import FastAPI, HTTPException

from app import listing
from app.runs import RUNS, Run

app = FastAPI(title="Training runs")
app.include_router(listing.router, prefix="/runs")


@app.get("/runs/{name}")
def read_run(name: str) -> Run:
    for run in RUNS:
        if run.name == name:
            return run
    raise HTTPException(404, f"there is no run {name}")
