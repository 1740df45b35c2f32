from fastapi import FastAPI
from packages.http.prefixes import versioned
from routers import sales

app = FastAPI()
app.include_router(sales.router, prefix=versioned("tickets"))
