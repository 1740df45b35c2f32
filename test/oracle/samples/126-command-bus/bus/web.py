from fastapi import FastAPI

from bus import commands  # noqa: F401
from bus.core import COMMANDS, build_router

app = FastAPI()
app.include_router(build_router())


@app.get(f"/commands/count/{len(COMMANDS)}")
def count():
    return len(COMMANDS)
