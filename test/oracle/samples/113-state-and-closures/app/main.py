from fastapi import FastAPI

from . import numbering
from .numbering import COLOURS, adder, next_path, numbered

app = FastAPI()
add = adder(app)
step = numbered("/s")


@add(next_path("/n"))
def one():
    return 1


@add(next_path("/n"))
async def two():
    return 2


@add(step())
@add(step(by=3))
def three():
    return 3


for index, colour in enumerate(COLOURS):
    app.add_api_route(f"/{colour}/{index}", one, name=f"{colour}{index}")

app.add_api_route(f"/total/{numbering.total()}/{len(add.paths)}", two)
