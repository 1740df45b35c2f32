from fastapi import APIRouter, FastAPI

from paths import Api, Area, Paths, Section

app = FastAPI()
sales = APIRouter(prefix=f"/{Area.SALES}")


@app.post(Paths.LOGIN.value)
def login() -> str:
    return "in"


@app.post(Paths.LOGOUT.value, name=Paths.LOGOUT.name)
def logout() -> str:
    return "out"


@app.post(Paths["TOKEN"].value)
def token() -> str:
    return "token"


@sales.get("/" + Section.OVERVIEW)
def overview() -> str:
    return "overview"


@sales.get(f"/{Section.DETAILS}/{Area.SUPPORT.value}")
def details() -> str:
    return "details"


app.include_router(sales, prefix=Api.V2.value)
app.include_router(sales, prefix=Api("/v1").value)
