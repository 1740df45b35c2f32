from fastapi import APIRouter

router = APIRouter(prefix="/entries")


@router.post("/", status_code=201)
async def post_entry():
    return {}
