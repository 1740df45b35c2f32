from fastapi import FastAPI
from packages.http.prefixes import VERSION, versioned
from routers import router

app = FastAPI(version=VERSION)
app.include_router(router, prefix=versioned("stages", version="v9"))
