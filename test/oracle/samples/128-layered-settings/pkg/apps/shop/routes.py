from fastapi import APIRouter

from pkg.conf import settings

router = APIRouter(prefix="/shop")


@router.get("/")
def shelf():
    return []


if settings.FEATURES.get("reviews"):
    router.add_api_route("/reviews", lambda: [], name="reviews")
