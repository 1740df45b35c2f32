from fastapi import FastAPI

from views import DepotView, ParcelView

app = FastAPI()
parcels = ParcelView("post")
app.include_router(parcels.router)
app.include_router(DepotView().router, prefix="/logistics")
