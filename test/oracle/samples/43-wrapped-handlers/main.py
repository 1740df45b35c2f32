from fastapi import FastAPI

from decorators import Cached, bare, retry, timed

app = FastAPI()


@app.get("/timed")
@timed
def slow_sum(upto: int = 10) -> int:
    return sum(range(upto))


@app.post("/retried/{job}")
@retry(times=2)
@timed
async def start_job(job: str) -> str:
    return job


@app.get("/bare")
@bare
def hidden_name() -> str:
    return "hidden"


@app.get("/cached", name="cached")
@Cached
def cached_value() -> str:
    return "cached"


@timed
@app.get("/too-late")
def too_late() -> str:
    return "the wrapper above never runs"
