from fastapi import APIRouter

PLUGIN_PREFIX = "/weather"
router = APIRouter()


@router.get("/today")
def today():
    return "sun"
