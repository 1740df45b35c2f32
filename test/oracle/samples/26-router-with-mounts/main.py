from fastapi import FastAPI

from files import router as files_router

app = FastAPI()
app.include_router(files_router, prefix="/api")
app.include_router(files_router)
