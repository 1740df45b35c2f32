from fastapi import FastAPI

from .views import Agents, Tickets

app = FastAPI()
[app.include_router(view().as_router()) for view in (Tickets, Agents)]
