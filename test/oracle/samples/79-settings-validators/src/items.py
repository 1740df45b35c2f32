from typing import Annotated

from fastapi import APIRouter, Depends

from .settings import Settings, get_settings

router = APIRouter()
SettingsDep = Annotated[Settings, Depends(get_settings)]


@router.get("/items")
def list_items(settings: SettingsDep):
    return settings.environment


@router.get("/items/{sku:path}", name="item")
def read_item(sku: str, settings: SettingsDep):
    return sku
