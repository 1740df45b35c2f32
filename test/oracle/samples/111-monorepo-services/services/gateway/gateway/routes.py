from fastapi import APIRouter

router = APIRouter()


@router.api_route("/{service}/{path:path}", methods=["GET", "POST", "DELETE"])
async def forward(service: str, path: str):
    return path
