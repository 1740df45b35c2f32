from fastapi import FastAPI

from auction import bids as b
from auction.conf import conf

app = FastAPI()
for feature in ("bids", "sandbox", "sealed"):
    if feature in conf.features:
        app.include_router(getattr(b, feature), prefix=conf.root)
