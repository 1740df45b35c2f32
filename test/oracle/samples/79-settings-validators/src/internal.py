from fastapi import APIRouter, Depends

from .settings import get_settings

router = APIRouter(dependencies=[Depends(get_settings)])


@router.post("/reindex")
def reindex():
    return "ok"


debug = APIRouter()


@debug.get("/config")
def dump_config(settings=Depends(get_settings)):
    return settings
