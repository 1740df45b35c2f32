from fastapi import FastAPI

from legacy import ReportEndpoint, plain_metrics, robots, router

app = FastAPI()
app.add_route("/metrics", plain_metrics)
app.add_route("/robots.txt", robots, methods=["GET"], name="robots")
app.add_route("/hook", plain_metrics, methods=["POST"], include_in_schema=False)
app.add_route("/report", ReportEndpoint)
app.include_router(router, prefix="/old")
