from fastapi import APIRouter

_router = APIRouter(prefix="/shipping")
api = _router


@api.get("/rates/{country}")
def shipping_rates(country: str) -> dict[str, str]:
    return {"country": country}
