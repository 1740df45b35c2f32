from fastapi import APIRouter

router = APIRouter()


@router.get("", name="tags:get-all")
async def get_all_tags() -> list[str]:
    return []
