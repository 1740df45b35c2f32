"""Runs expanded snippets: reads cases as JSON from stdin, prints what is wrong with each as JSON."""

import ast
import builtins
import contextlib
import dis
import importlib
import io
import json
import os
import sys
import traceback
import warnings

import pytest
from fastapi.testclient import TestClient

TOP = ("app", "tests")


def names_used(code):
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield instruction.argval
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from names_used(constant)


def names_bound(code):
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("STORE_NAME", "STORE_GLOBAL"):
            yield instruction.argval
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from names_bound(constant)


def look(text):
    """Names that mean nothing, and imports that nobody uses."""
    tree = ast.parse(text)
    code = compile(text, "snippet", "exec")
    given = {"__name__", "__file__", "__module__", "__qualname__", "__annotations__"}
    bound = {*names_bound(code), *dir(builtins), *given}
    undefined = {name for name in names_used(code) if name not in bound}
    imported = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    yield from (f"undefined: {name}" for name in sorted(undefined))
    yield from (f"imported for nothing: {name}" for name in sorted(imported - used))


def send(client, request, kept):
    if "websocket" in request:
        with client.websocket_connect(request["websocket"]) as socket:
            socket.send_text(request["send"])
            got = socket.receive_text()
        if got != request["receive"]:
            yield f"{request['websocket']} sent {got!r}"
        return
    method = next(key for key in ("get", "post", "patch", "delete") if key in request)
    options = {}
    if "body" in request:
        options["json"] = request["body"]
    if "form" in request:
        options["data"] = request["form"]
    if "upload" in request:
        upload = request["upload"]
        options["files"] = {"file": (upload["name"], b"x" * upload["bytes"], upload["type"])}
    if "headers" in request:
        options["headers"] = {key: value.format(**kept) for key, value in request["headers"].items()}
    answer = client.request(method.upper(), request[method], **options)
    what = f"{method} {request[method]}"
    if answer.status_code != request["status"]:
        yield f"{what} answered {answer.status_code}: {answer.text[:200]}"
        return
    if "json" in request and answer.json() != request["json"]:
        yield f"{what} answered {answer.text[:200]}"
    if request.get("contains", "") not in answer.text:
        yield f"{what} answered {answer.text[:200]}"
    for name, value in request.get("has", {}).items():
        if value not in answer.headers.get(name, ""):
            yield f"{what} has no header {name}: {value}"
    if "keep" in request:
        kept[request["keep"]] = answer.json()[request["keep"]]


class Count:
    def __init__(self):
        self.passed = 0

    def pytest_runtest_logreport(self, report):
        self.passed += report.when == "call" and report.passed


def run_tests(path, wanted):
    count = Count()
    options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", "--rootdir", "."]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = pytest.main([*options, "-c", os.devnull, path], plugins=[count])
    if code != 0 or count.passed != wanted:
        yield f"pytest ended with {code}, {count.passed} passed\n{printed.getvalue()}"


def check(case):
    yield from look(case["text"])
    if "pytest" in case:
        yield from run_tests(case["file"], case["pytest"])
        return
    importlib.import_module(case["file"].removesuffix(".py").replace("/", "."))
    if "requests" not in case:
        return
    kept = {}
    with TestClient(importlib.import_module("app.main").app) as client:
        for request in case["requests"]:
            yield from send(client, request, kept)


def main():
    warnings.simplefilter("error", DeprecationWarning)
    problems = {}
    for case in json.load(sys.stdin):
        os.chdir(case["folder"])
        sys.path.insert(0, case["folder"])
        importlib.invalidate_caches()
        try:
            problems[case["name"]] = list(check(case))
        except Exception:
            problems[case["name"]] = [traceback.format_exc()]
        sys.path.remove(case["folder"])
        for name in [name for name in sys.modules if name.split(".")[0] in TOP]:
            del sys.modules[name]
    json.dump(problems, sys.stdout)


main()
