from fastapi import APIRouter

api = APIRouter(prefix="/news")


@api.get("/headlines")
def headlines():
    return []
