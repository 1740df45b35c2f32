import json
import os
from pathlib import Path

from fastapi import FastAPI
from orders import router

release = json.loads((Path(__file__).parent / "release.json").read_text())["release"]
app = FastAPI()
app.include_router(router, prefix="/" + os.environ["TENANT"])
app.include_router(router, prefix=os.environ["GATEWAY_PREFIX"])


@app.get(f"/r{release}/status")
def status() -> str:
    return "up"


@app.get(f"{os.getenv('GATEWAY_PREFIX')}/v1/health")
def health() -> bool:
    return True
