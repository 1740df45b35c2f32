from fastapi import APIRouter, FastAPI

from . import services
from .container import container as c

router = APIRouter(prefix=c.resolve("prefix"))


@router.post("/send", dependencies=[c["mailer"]])
def send(audit: services.Audit = c["audit"]):
    return audit


app = FastAPI()
app.include_router(router)
