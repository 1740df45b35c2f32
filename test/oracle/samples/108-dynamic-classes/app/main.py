from fastapi import FastAPI

from .controllers import Mine, build

app = FastAPI()
app.include_router(Mine.router)
app.include_router(build(), prefix="/v1")
