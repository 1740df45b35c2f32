from collections import deque

from fastapi import APIRouter, FastAPI

from .tree import SITEMAP, Node, root

app = FastAPI()


def page():
    return None


def build(node: Node) -> APIRouter:
    router = APIRouter(prefix=f"/{node.slug}")
    router.add_api_route("", page, name=node.slug)
    for child in node.children:
        router.include_router(build(child))
    return router


app.include_router(build(root))

queue = deque([("", SITEMAP)])
while queue:
    prefix, level = queue.popleft()
    for slug, below in level.items():
        path = f"{prefix}/{slug}"
        app.add_api_route(path, page, name=path.strip("/").replace("/", "-"))
        if below:
            queue.append((path, below))

for path, node in root.walk("/w"):
    if not node.children:
        app.add_api_route(path, page, methods=["POST"], name=f"leaf:{node.slug}")

remaining = ["x", "y"]
while remaining:
    name = remaining.pop()
    if name == "x":
        break
    app.add_api_route(f"/{name}", page)
else:
    app.add_api_route("/never", page)
