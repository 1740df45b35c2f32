from core import app, router


@app.post("/handled")
def handled() -> bool:
    return True


@router.get("/from-handlers")
def from_handlers() -> bool:
    return True
