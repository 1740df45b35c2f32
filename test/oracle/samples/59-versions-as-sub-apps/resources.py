from fastapi import APIRouter, FastAPI

reports_app = FastAPI()


@reports_app.get("/yearly")
def yearly() -> str:
    return "yearly"


def make_router(*, legacy: bool) -> APIRouter:
    router = APIRouter()
    if legacy:

        @router.get("/customers.json")
        def customers_json() -> list[str]:
            return []

        return router

    @router.get("/customers")
    def customers() -> list[str]:
        return []

    return router
