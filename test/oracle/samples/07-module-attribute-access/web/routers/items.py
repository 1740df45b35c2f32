from fastapi import APIRouter, Depends, Header


async def get_token_header(x_token: str = Header()) -> None: ...


router = APIRouter(prefix="/items", dependencies=[Depends(get_token_header)])


@router.get("/")
async def read_items() -> dict[str, str]:
    return {"plumbus": "Plumbus"}


@router.put("/{item_id}", tags=["custom"])
async def update_item(item_id: str) -> dict[str, str]:
    return {"item_id": item_id}
