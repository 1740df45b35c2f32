import time

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

import payments

app = FastAPI(title="Teahouse")
app.include_router(payments.router)


class Tea(BaseModel):
    name: str
    price_cents: int


teas = {
    1: Tea(name="Sejak", price_cents=1200),
    2: Tea(name="Daejak", price_cents=900),
}


@app.get("/teas")
async def list_teas() -> list[Tea]:
    return list(teas.values())


@app.get("/teas/{tea_id}")
async def read_tea(tea_id: int) -> Tea:
    if tea_id not in teas:
        return HTTPException(404, "No such tea")
    return teas[tea_id]


@app.post("/teas/{tea_id}/brew")
async def brew_tea(tea_id: int):
    time.sleep(3)
    return {"tea": tea_id, "ready": True}
