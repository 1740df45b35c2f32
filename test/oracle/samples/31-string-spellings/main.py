from fastapi import FastAPI

app = FastAPI()


@app.get(r"/raw/{name}")
def raw_string(name: str) -> str:
    return name


@app.get("""/triple/quoted""")
def triple_quoted() -> int:
    return 1


@app.get("/caf\u00e9/\x6denu")
def escaped() -> int:
    return 2


@app.get(
    "/a/very/long"
    "/path/that/someone"
    '/{wrapped}'
)
def implicitly_concatenated(wrapped: str) -> str:
    return wrapped


@app.get(path="/keyword")
def keyword_path() -> int:
    return 3


@app.post(status_code=202, path="/keyword/" "last", name='it\'s "quoted"')
def keyword_last() -> int:
    return 4


@app.get("/한국어/{name}")
def korean(name: str) -> str:
    return name


@app.get(("/in" "/parentheses"))
def in_parentheses() -> int:
    return 5


@app.get(f"/f{'-'}string/{1 + 1}/{3:02d}/{{kept}}")
def f_string(kept: str) -> str:
    return kept


app.add_api_route(endpoint=keyword_path, methods=["DELETE"], path="/keyword")
