from fastapi import APIRouter

tickets = APIRouter(prefix="/tickets")
admin = APIRouter(prefix="/admin")
debug = APIRouter(prefix="/debug")


@tickets.get("/")
def list_tickets() -> list[str]:
    return []


@admin.post("/reindex")
def reindex() -> bool:
    return True


@debug.get("/vars")
def show_vars() -> dict[str, str]:
    return {}
