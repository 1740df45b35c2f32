from fastapi import APIRouter

metrics = APIRouter()
tracing = APIRouter()


@metrics.get("/metrics", include_in_schema=False)
def read_metrics():
    return ""


@tracing.get("/traces")
def read_traces():
    return []
