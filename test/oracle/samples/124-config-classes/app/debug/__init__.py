from fastapi import APIRouter

bp = APIRouter()


@bp.get("/debug")
def debug():
    return {}
