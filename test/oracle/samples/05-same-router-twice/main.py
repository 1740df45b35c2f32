from fastapi import FastAPI

from notes import notes

app = FastAPI()
app.include_router(notes)
app.include_router(notes, prefix="/v1", deprecated=True)
app.include_router(notes, prefix="/workspaces/{workspace_id}", tags=["workspaces"])
