from fastapi import FastAPI

from handlers import bookings, guests, rooms

app = FastAPI(title="Hotel")

for module in (rooms, guests, bookings):
    app.include_router(module.router, prefix="/hotel")
