from fastapi import APIRouter, FastAPI

api_app = FastAPI()
docs_app = FastAPI(docs_url="/")
partner_app = FastAPI()
partners = APIRouter()


@api_app.get("/")
def api_root() -> str:
    return "api"


@api_app.post("/events")
def push_event() -> bool:
    return True


@docs_app.get("/search")
def search_docs(tenant: str) -> str:
    return tenant


@partner_app.get("/list")
def list_partners() -> list[str]:
    return []


partners.host("partner.example.org", partner_app)
