from app.auth import bp


@bp.post("/login")
def login():
    return {}
