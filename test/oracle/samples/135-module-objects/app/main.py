from fastapi import APIRouter, FastAPI

from app.routes import MODULES

app = FastAPI()
for module in MODULES:
    for name, value in sorted(vars(module).items()):
        if name.endswith("_router") and not name.startswith("_") and isinstance(value, APIRouter):
            app.include_router(value, prefix=getattr(module, "PREFIX", ""))

last = MODULES[-1]
public = [name for name in dir(last) if not name.startswith("_")]
app.add_api_route(f"/{last.__name__.split('.')[-1]}/{'painted' in public}", last.painted)
