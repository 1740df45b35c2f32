from fastapi import FastAPI

import gardens

app = FastAPI()
app.include_router(gardens.router)
