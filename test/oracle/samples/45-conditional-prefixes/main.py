from fastapi import APIRouter, FastAPI

from options import BASE, CUSTOM_PREFIX, PRODUCTION

app = FastAPI()
cargo = APIRouter(prefix="/cargo" if PRODUCTION else "/cargo-dev")
ports = APIRouter(prefix=CUSTOM_PREFIX or "/ports")

if PRODUCTION:
    root = "/fleet"
else:
    root = "/fleet-dev"


@cargo.get("/")
def list_cargo() -> list[str]:
    return []


@ports.get("/{code}")
def read_port(code: str) -> str:
    return code


if prefix := BASE or root:
    app.include_router(cargo, prefix=prefix)

app.include_router(ports, prefix=(harbour := f"{root}/harbour"))


@app.get(harbour + "/map")
def harbour_map() -> str:
    return harbour


root += "/v2"


@app.get(root)
def fleet_root() -> str:
    return root
