"""What routes an app really has: imports it under the real FastAPI and flattens its routes.

Reads one JSON object from standard input, `{"jobs": [{"id", "folder", "app", "path",
"environment", "cwd", "group"}]}`, and prints `{"answers": [{"id", "apps", "error"}]}` in the same
order. Each job is imported in a process of its own, forked from this one after the expensive
imports are done; those with the same `group` share one, for modules that cannot get in each
other's way. `app` is `module:name`, `module:function()` for a factory, or a bare module, whose own
apps are all listed.
"""

import ast
import asyncio
import functools
import importlib
import inspect
import json
import os
import re
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fastapi.applications
import fastapi.openapi.utils
import fastapi.responses
import fastapi.staticfiles
import fastapi.templating
import fastapi.testclient  # noqa: F401
import pydantic_settings  # noqa: F401  (imported before the fork, for speed)
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Host, Mount, Route, Router, WebSocketRoute

EXAMPLES = {
    "str": "x1",
    "int": "7",
    "float": "1.5",
    "path": "deep/file.txt",
    "uuid": "7f8c0f3e-0f2b-4c58-9f0b-3a1f3c1f8a11",
}
# What the samples may see of the machine's own environment: their settings read the rest from it.
KEPT = {"PATH", "HOME", "LANG", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE"}
PARAMETER = re.compile(r"{([a-zA-Z_]\w*)(?::([a-zA-Z_]\w*))?}")


@dataclass
class Row:
    """One route with what is needed to ask the running app for it."""

    kind: str
    methods: list[str]
    path: str
    name: str | None
    endpoint: Callable[..., Any] | None
    route: Any
    root: str
    host: str | None
    in_schema: bool
    shadowed_by: int | None = None
    place: dict[str, Any] = field(default_factory=dict)


class Project:
    """Where the project's files are and what stands in them."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder).resolve()

    def relative(self, filename: str) -> str | None:
        """The file below the project's folder, with `/`, or None when it lies outside."""
        try:
            return Path(filename).resolve().relative_to(self.folder).as_posix()
        except ValueError:
            return None

    @functools.lru_cache(maxsize=None)  # noqa: B019  (lives as long as the process)
    def definitions(self, filename: str) -> dict[int, int]:
        """From the line where a function's first decorator stands to the line of its `def`."""
        tree = ast.parse(Path(filename).read_text(encoding="utf-8"))
        return {
            min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]): node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }

    def place(self, endpoint: Callable[..., Any]) -> dict[str, Any]:
        """The name, file and lines of a handler. Files outside the project are None."""
        inner = innermost(endpoint)
        handler = f"{inner.__module__}.{inner.__qualname__}"
        nowhere = {"handler": handler, "file": None, "line": None, "decoratorLine": None}
        try:
            filename = inspect.getsourcefile(inner)
            first = inspect.getsourcelines(inner)[1]
        except (OSError, TypeError):
            return nowhere
        if isinstance(inner, types.FunctionType):
            first = inner.__code__.co_firstlineno
        file = self.relative(filename) if filename else None
        if file is None or filename is None:
            return nowhere
        line = self.definitions(filename).get(first, first)
        return {"handler": handler, "file": file, "line": line, "decoratorLine": first}


def innermost(endpoint: Any) -> Any:
    """The function below partials, bound methods and `functools.wraps`; a class stays a class."""
    while True:
        if isinstance(endpoint, functools.partial):
            endpoint = endpoint.func
        elif isinstance(endpoint, types.MethodType):
            endpoint = endpoint.__func__
        elif hasattr(endpoint, "__wrapped__"):
            endpoint = endpoint.__wrapped__
        elif inspect.isfunction(endpoint) or inspect.isclass(endpoint):
            return endpoint
        else:
            endpoint = type(endpoint).__call__


def remember_sites() -> None:
    """A mount has no handler: it stands where it was made. Notes the callers' lines on the route."""
    if hasattr(Mount, "_oracle_remembers"):
        return
    Mount._oracle_remembers = True  # type: ignore[attr-defined]
    for kind in (Mount, Host):
        original = kind.__init__

        def init(self: Any, *args: Any, _original: Any = original, **kwargs: Any) -> None:
            _original(self, *args, **kwargs)
            frame = sys._getframe(1)
            site: list[tuple[str, int]] = []
            while frame is not None:
                site.append((frame.f_code.co_filename, frame.f_lineno))
                frame = frame.f_back  # type: ignore[assignment]
            self._oracle_site = site

        kind.__init__ = init  # type: ignore[method-assign,assignment]


def site_of(project: Project, route: Any) -> dict[str, Any]:
    for filename, line in getattr(route, "_oracle_site", []):
        file = project.relative(filename) if not filename.startswith("<") else None
        if file is not None and "site-packages" not in file:
            return {"handler": None, "file": file, "line": line, "decoratorLine": line}
    return {"handler": None, "file": None, "line": None, "decoratorLine": None}


def is_documentation(endpoint: Any) -> bool:
    """The routes FastAPI adds by itself: /docs, /redoc, /openapi.json and the OAuth2 redirect."""
    return getattr(endpoint, "__module__", "") == "fastapi.applications" and getattr(
        endpoint, "__qualname__", ""
    ).startswith("FastAPI.setup.<locals>.")


def flatten(
    project: Project,
    routes: Sequence[BaseRoute],
    prefix: str = "",
    host: str | None = None,
    seen: tuple[int, ...] = (),
) -> Iterator[Row]:
    """Every route in the order in which it is tried; what is mounted follows its mount."""
    for context in iter_route_contexts(routes):
        route: Any = context._effective_route
        original = context.original_route
        if isinstance(original, Mount | Host):
            inner, inner_prefix, inner_host = unfold(route, prefix, host)
            row = Row("mount", [], inner_prefix, route.name, None, route, prefix, host, False)
            row.place = site_of(project, original)
            row.host = inner_host
            yield row
            children = getattr(inner, "routes", None)
            if children is not None and id(inner) not in seen:
                yield from flatten(project, children, inner_prefix, inner_host, (*seen, id(inner)))
            continue
        if not isinstance(original, Route | WebSocketRoute) or is_documentation(route.endpoint):
            continue
        http = isinstance(original, Route)
        yield Row(
            kind="http" if http else "websocket",
            methods=sorted(route.methods or []) if http else [],
            path=prefix + route.path,
            name=route.name,
            endpoint=route.endpoint,
            route=route,
            root=prefix,
            host=host,
            in_schema=isinstance(original, APIRoute) and route.include_in_schema,
            place=project.place(route.endpoint),
        )


def unfold(route: Any, prefix: str, host: str | None) -> tuple[Any, str, str | None]:
    """The application behind a mount or host, the path in front of it and its host."""
    app = route._base_app if isinstance(route, Mount) else route.app
    if isinstance(route, Mount):
        return unwrapped(app), prefix + route.path, host
    # A host on a router that is included with a prefix is given a router with one mount.
    if type(app) is Router and len(app.routes) == 1 and isinstance(app.routes[0], Mount):
        return unwrapped(app.routes[0].app), prefix + app.routes[0].path, route.host
    return unwrapped(app), prefix, route.host


def unwrapped(app: Any) -> Any:
    """The application inside ASGI middleware."""
    while not hasattr(app, "routes") and hasattr(app, "app"):
        app = app.app
    return app


def filled(path: str) -> str:
    return PARAMETER.sub(lambda found: EXAMPLES.get(found[2] or "str", "x1"), path)


@dataclass
class Reached:
    route: Any = None
    root: str = ""
    full: bool = False


def intercept(reached: Reached) -> None:
    """Requests stop at the route that was chosen for them, which is noted."""

    async def handle(self: Any, scope: Any, receive: Any, send: Any) -> None:
        context = scope.get("fastapi", {}).get("effective_route_context")
        chosen = context if context is not None and context.original_route is self else self
        methods = getattr(chosen, "methods", None)
        reached.route = chosen
        reached.root = scope.get("root_path", "")
        reached.full = scope["type"] != "http" or not methods or scope["method"] in methods
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "websocket.close", "code": 1000, "reason": ""})

    APIRoute.handle = handle  # type: ignore[method-assign]
    Route.handle = handle  # type: ignore[method-assign]
    WebSocketRoute.handle = handle  # type: ignore[method-assign]


async def ask(app: Starlette, row: Row, method: str | None) -> None:
    path = filled(row.path)
    scope = {
        "type": "http" if method else "websocket",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", filled(row.host or "testserver").encode())],
        "http_version": "1.1",
        "scheme": "http" if method else "ws",
        "client": ("testclient", 1),
        "server": ("testserver", 80),
        "app": app,
        "state": {},
        **({"method": method} if method else {"subprotocols": [], "extensions": {}}),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request" if method else "websocket.connect", "body": b""}

    async def send(message: Any) -> None:
        pass

    await app.router(scope, receive, send)


async def check_requests(app: Starlette, rows: list[Row]) -> list[str]:
    """Sends a request for every route; it must arrive there or at a route before it."""
    reached = Reached()
    intercept(reached)
    problems: list[str] = []
    by_route: dict[tuple[int, str, str | None], int] = {}
    for index, row in enumerate(rows):
        by_route.setdefault((id(row.route), filled(row.root), row.host), index)
    for index, row in enumerate(rows):
        if row.kind == "mount" or not row.path.startswith("/"):
            continue
        for method in row.methods or (["GET"] if row.kind == "http" else [None]):
            reached.route, reached.full = None, False
            try:
                await ask(app, row, method)
            except Exception as error:
                if reached.route is None and not is_swallowed(rows, index):
                    problems.append(f"{method} {row.path}: {type(error).__name__}: {error}")
                    continue
            hosts = {row.host, None}
            found = next(
                (
                    by_route[key]
                    for key in ((id(reached.route), reached.root, host) for host in hosts)
                    if key in by_route
                ),
                None,
            )
            if found is not None and found < index and reached.full:
                row.shadowed_by = found
            elif found is None or not reached.full:
                if is_swallowed(rows, index):
                    row.shadowed_by = next(swallowers(rows, index))
                else:
                    arrived = "nowhere" if found is None else f"at {rows[found].path}"
                    problems.append(f"{method} {row.path} ({row.name}) arrives {arrived}")
            elif found > index:
                problems.append(f"{method} {row.path} arrives at the later {rows[found].path}")
    return problems


def swallowers(rows: list[Row], index: int) -> Iterator[int]:
    """Mounts before a route that answer whatever lies below them."""
    asked = filled(rows[index].path)
    for earlier in range(index):
        row = rows[earlier]
        if row.kind == "mount" and asked.startswith(filled(row.path) + "/") and row.host is None:
            inside = rows[index].root.startswith(row.path) and rows[index].root != ""
            if not inside or row.path != rows[index].root:
                yield earlier


def is_swallowed(rows: list[Row], index: int) -> bool:
    return next(swallowers(rows, index), None) is not None


def check_openapi(app: Starlette, rows: list[Row]) -> list[str]:
    """What the app documents must be what was flattened."""
    if not isinstance(app, FastAPI):
        return []
    schema = fastapi.openapi.utils.get_openapi(title="t", version="1", routes=app.routes)
    verbs = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    documented = {
        (path, verb)
        for path, item in schema.get("paths", {}).items()
        for verb in item
        if verb in verbs
    }
    listed = {
        (PARAMETER.sub(r"{\1}", row.path), method.lower())
        for row in rows
        if row.in_schema and row.root == "" and row.host is None
        for method in row.methods
        if method.lower() in verbs
    }
    if documented == listed:
        return []
    return [f"OpenAPI differs: {sorted(documented ^ listed)}"]


def apps_of(spec: str) -> list[tuple[str, Starlette, str | None]]:
    """The apps a specification names, each with its module's file."""
    module_name, _, attribute = spec.partition(":")
    module = importlib.import_module(module_name)
    if attribute.endswith("()"):
        return [(spec, getattr(module, attribute[:-2])(), module.__file__)]
    if attribute:
        return [(spec, functools.reduce(getattr, attribute.split("."), module), module.__file__)]
    found = [
        (f"{module_name}:{name}", value, module.__file__)
        for name, value in vars(module).items()
        if isinstance(value, FastAPI)
    ]
    return found


def examine(job: dict[str, Any]) -> list[dict[str, Any]]:
    """Imports one job's app in this process and describes it."""
    project = Project(job["folder"])
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(project.folder / entry) for entry in [*job.get("path", []), ""]]
    for name in set(os.environ) - KEPT:
        del os.environ[name]
    os.environ.update(job.get("environment", {}))
    os.chdir(job.get("cwd") or job["folder"])
    warnings.simplefilter("ignore")
    remember_sites()
    described = []
    for spec, app, filename in apps_of(job["app"]):
        if not isinstance(app, Starlette):
            raise TypeError(f"{spec} is a {type(app).__name__}")
        rows = list(flatten(project, app.routes))
        problems = check_openapi(app, rows)
        problems += asyncio.run(check_requests(app, rows))
        described.append(
            {
                "app": spec,
                "path": project.relative(filename) if filename else None,
                "routes": [describe(project, row) for row in rows],
                "problems": problems,
            }
        )
    return described


def dependency_tree(project: Project, dependant: Any) -> list[dict[str, Any]]:
    """What a route or a dependency depends on, each with its own, in the order FastAPI calls them."""
    return [
        {
            **called(project, below.call),
            "parameter": below.name,
            "useCache": below.use_cache,
            "scope": below.scope,
            "securityScopes": list(below.own_oauth_scopes or []),
            "dependencies": dependency_tree(project, below),
        }
        for below in getattr(dependant, "dependencies", [])
    ]


def called(project: Project, call: Callable[..., Any]) -> dict[str, Any]:
    """`module.qualname` of what is called; of another package's, the class or function alone."""
    inner = innermost(call)
    try:
        filename = inspect.getsourcefile(inner)
    except TypeError:
        filename = None
    if filename is not None and project.relative(filename) and "site-packages" not in filename:
        return {"call": f"{inner.__module__}.{inner.__qualname__}", "isOwn": True}
    name = inner.__qualname__.removesuffix(".__call__").rpartition(".")[2]
    return {"call": name, "isOwn": False}


def describe(project: Project, row: Row) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if row.host is not None:
        extra["host"] = row.host
    if row.shadowed_by is not None:
        extra["shadowedBy"] = row.shadowed_by
    return {
        "kind": row.kind,
        "methods": row.methods,
        "path": row.path,
        "name": row.name,
        **row.place,
        "dependencies": dependency_tree(project, getattr(row.route, "dependant", None)),
        **extra,
    }


def answer(job: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"id": job["id"], "apps": examine(job), "error": None}
    except BaseException as error:
        trace = traceback.format_exc(limit=-3)
        message = f"{type(error).__name__}: {error}"
        return {"id": job["id"], "apps": [], "error": message, "trace": trace}


def quiet() -> None:
    """What the apps print is nobody's business."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


def fork(jobs: list[dict[str, Any]]) -> tuple[int, int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child != 0:
        os.close(writer)
        return child, reader
    try:
        os.close(reader)
        quiet()
        with os.fdopen(writer, "w", encoding="utf-8") as pipe:
            json.dump([answer(job) for job in jobs], pipe)
    finally:
        os._exit(0)


def run_forked(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many processes at once as there are processors."""
    import gc
    import selectors

    gc.freeze()
    width = os.cpu_count() or 2
    groups: dict[str, list[int]] = {}
    for index, job in enumerate(jobs):
        groups.setdefault(job.get("group", str(index)), []).append(index)
    printed = {group: b"" for group in groups}
    waiting = list(groups)[::-1]
    running = 0
    with selectors.DefaultSelector() as selector:
        while waiting or running:
            while waiting and running < width:
                group = waiting.pop()
                child, reader = fork([jobs[index] for index in groups[group]])
                selector.register(reader, selectors.EVENT_READ, (group, child))
                running += 1
            for key, _ in selector.select():
                group, child = key.data
                chunk = os.read(key.fd, 1 << 16)
                printed[group] += chunk
                if not chunk:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    os.waitpid(child, 0)
                    running -= 1
    answers: dict[int, dict[str, Any]] = {}
    for group, indices in groups.items():
        given = json.loads(printed[group] or "[]")
        for place, index in enumerate(indices):
            died = {"id": jobs[index]["id"], "apps": [], "error": "the process died", "trace": ""}
            answers[index] = given[place] if place < len(given) else died
    return [answers[index] for index in range(len(jobs))]


def run_spawned(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For systems that cannot fork."""
    import subprocess

    def run(job: dict[str, Any]) -> dict[str, Any]:
        command = [sys.executable, __file__, "--one"]
        done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return list(pool.map(run, jobs))


def main() -> None:
    here = str(Path(__file__).resolve().parent)
    sys.path[:] = [entry for entry in sys.path if entry not in (here, "")]
    given = json.load(sys.stdin)
    if "--one" in sys.argv:
        print(json.dumps(answer(given)))
        return
    jobs = given["jobs"]
    answers = run_forked(jobs) if hasattr(os, "fork") else run_spawned(jobs)
    json.dump({"answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
