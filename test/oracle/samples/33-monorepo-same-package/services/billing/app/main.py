from fastapi import FastAPI

from app.api import router

app = FastAPI(title="Billing")
app.include_router(router, prefix="/billing")
