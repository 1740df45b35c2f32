from fastapi import APIRouter

router = APIRouter()


@router.api_route("/proxy/{path:path}", methods=["GET", "POST"])
async def proxy(path: str):
    return path
