from fastapi import APIRouter

quota = APIRouter()
limits = APIRouter()
stats = APIRouter()


@quota.get("/quota")
def read_quota() -> int:
    return 1


@limits.get("/limits")
def read_limits() -> int:
    return 2


@stats.get("/stats")
def read_stats() -> int:
    return 3
