from fastapi import FastAPI

import constants as c
from invoices import router as invoices_router

app = FastAPI()
app.include_router(invoices_router, prefix="/".join([c.API, c.VERSION]))
app.include_router(invoices_router, prefix="{base}/{version}".format(base=c.API, version="latest"))
