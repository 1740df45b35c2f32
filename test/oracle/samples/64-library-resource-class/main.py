from fastapi import FastAPI

from loans import Loan, Reservation
from resources_base import Resource

app = FastAPI()
for router in Resource.all:
    app.include_router(router)
__all__ = ["Loan", "Reservation", "app"]
