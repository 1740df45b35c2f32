from fastapi import FastAPI

from admin.audit import audit_app

admin_app = FastAPI(title="Admin", docs_url=None)


@admin_app.get("/")
def dashboard() -> str:
    return "dashboard"


@admin_app.get("/users/{user_id}")
def read_user(user_id: int) -> int:
    return user_id


admin_app.mount("/audit", audit_app, name="audit")
