from fastapi import APIRouter

router = APIRouter(prefix="/staff")


@router.get("/on-call")
def on_call() -> list[str]:
    return ["dr-kim"]


@router.put("/{badge}/shift")
def change_shift(badge: str) -> dict[str, str]:
    return {"badge": badge}
