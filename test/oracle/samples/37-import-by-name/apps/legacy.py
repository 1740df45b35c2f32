from fastapi import APIRouter

router = APIRouter()


@router.get("/cgi-bin/{script}.pl")
def run_script(script: str) -> str:
    return script
