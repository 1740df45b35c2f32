from framework import ServiceApp

app = ServiceApp(service="geocoder", version="3.1")


@app.get("/geocode")
async def geocode(address: str) -> list[float]:
    return [0.0, 0.0]


@app.get("/reverse/{lat:float}/{lon:float}")
async def reverse(lat: float, lon: float) -> str:
    return f"{lat},{lon}"
