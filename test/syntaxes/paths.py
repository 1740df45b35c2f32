@app.get("/items/{item_id}")
async def one(item_id: int): ...


@router.post('/files/{file_path:path}/parts/{part}', tags=["a {b}"])
async def two(): ...


@router.api_route(path="/any/{name}", methods=["GET"], summary="Not /a/{path} at all")
async def three(): ...


@router.delete(
    "/users/{user_id}/orders/{order_id:int}",
    description="""
    /this/{is} text
    """,
    responses={404: {"description": "/no/{thing}"}},
)
async def four(): ...


@app.websocket("/ws/{room}")
async def five(): ...


@app.get("/plain")
@app.get(f"/{prefix}/{item_id}")
@app.get("/{not a name}/{1}/{unclosed")
async def six(): ...


@cached("/key/{user_id}")
@template.render("{user_id}")
@pytest.mark.parametrize("path", ["/items/{item_id}"])
def seven(): ...


class Api:
    @router.patch("/inside/{of_class}")
    async def eight(self): ...


url = client.get("/items/{item_id}")
text = "/items/{item_id}"
# @app.get("/items/{item_id}")
