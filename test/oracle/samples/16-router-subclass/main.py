from fastapi import FastAPI

from routing import JobsRouter, TrailingSlashRouter, VersionedRouter

app = FastAPI()
queues = VersionedRouter(version=2, prefix="/queues")
workers = TrailingSlashRouter(prefix="/workers")
jobs = JobsRouter()


@queues.get("/{queue}")
def read_queue(queue: str) -> str:
    return queue


@workers.get("/alive")
def alive_workers() -> list[str]:
    return []


@workers.post("/{worker_id}/restart/")
def restart_worker(worker_id: str) -> str:
    return worker_id


@jobs.get("/")
def list_jobs() -> list[str]:
    return []


app.include_router(queues)
app.include_router(workers, prefix="/cluster")
app.include_router(jobs)
