from .component import get_server

server = get_server()
app = server.app


@app.get("/components")
def components():
    return [component.name for component in get_server().components]
