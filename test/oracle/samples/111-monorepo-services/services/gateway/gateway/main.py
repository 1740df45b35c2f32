from fastapi import Depends
from webkit import ServiceApp

from .routes import router


def api_key(key: str = ""):
    return key


app = ServiceApp("gateway", dependencies=[Depends(api_key)])
app.include_router(router)
