from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()


@app.get("/")
@app.get("/index.html", include_in_schema=False)
@app.get("/home", include_in_schema=False)
def home_page() -> str:
    return "home"


@router.put("/profile", operation_id="replace_profile")
@router.patch("/profile", operation_id="patch_profile")
async def save_profile() -> bool:
    return True


@app.post("/feedback")
@router.post("/feedback")
async def feedback() -> bool:
    return True


app.include_router(router, prefix="/me")
