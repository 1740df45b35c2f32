from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/blobs/{key}")
def get_blob(key: str) -> str:
    return key


@app.head("/blobs/{key}")
def head_blob(key: str) -> Response:
    return Response()


@app.put("/blobs/{key}")
def put_blob(key: str) -> str:
    return key


@app.post("/blobs")
def post_blob() -> str:
    return "created"


@app.patch("/blobs/{key}")
def patch_blob(key: str) -> str:
    return key


@app.delete("/blobs/{key}")
def delete_blob(key: str) -> str:
    return key


@app.options("/blobs")
def options_blob() -> Response:
    return Response(headers={"Allow": "GET, POST"})


@app.trace("/blobs")
def trace_blob() -> str:
    return "traced"


@app.api_route("/rpc")
def rpc() -> str:
    return "only GET by default"


@app.api_route("/webhook", methods=["post", "PUT"])
def webhook() -> str:
    return "lower case is raised"


@app.api_route("/cache/{key}", methods={"GET", "PURGE"})
def cache(key: str) -> str:
    return key
