from fastapi import FastAPI

from .hub import hub, telescopes
from .wire import finish

app = FastAPI()
app.include_router(hub, prefix="/sky")
finish(app)


@hub.get("/zenith")
def zenith() -> float:
    return 90.0


from . import domes  # noqa: E402, F401
