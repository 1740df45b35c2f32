"""The pytest side of proofs.mjs: keeps proofs that share one process apart, and writes down results.

Each proof has its own folder. While its tests are collected or run, only that folder is on
`sys.path`, and modules that came from any proof's folder are forgotten, so every proof may call
its modules `bad` and `good`.
"""

import json
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(os.environ["PROOFS_ROOT"])
current: Path | None = None


def enter(folder: Path) -> None:
    global current
    if folder == current:
        return
    current = folder
    sys.path[:] = [str(folder), *(p for p in sys.path if ROOT not in Path(p).parents)]
    for name, module in list(sys.modules.items()):
        # A namespace package (`bad/` without `__init__.py`) has no file, only a path.
        places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
        if any(place and ROOT in Path(place).parents for place in places):
            del sys.modules[name]


def note(nodeid: str, outcome: str, output: str) -> None:
    # Written at once: a later proof that hangs or kills the process takes no result with it.
    with (ROOT / "results.jsonl").open("a", encoding="utf-8") as file:
        print(json.dumps([nodeid.split("/")[0], outcome, output]), file=file)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    if isinstance(collector, pytest.Module):
        enter(collector.path.parent)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    enter(item.path.parent)
    return (yield)


def pytest_collectreport(report):
    if report.failed:
        note(report.nodeid, "failed", report.longreprtext)


def pytest_runtest_logreport(report):
    # A test that is skipped or expected to fail proves nothing; set-up and clean-up must not fail.
    if report.when == "call" or report.outcome != "passed":
        expected = hasattr(report, "wasxfail")
        note(report.nodeid, "skipped" if expected else report.outcome, report.longreprtext)


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"
