"""The pytest side of checkExercises.ts: keeps cases that share one process apart, and writes down results.

A case is a folder with an exercise as somebody may have made it, and the exercise's tests. While its tests are collected or
run, the process is in that folder, only it is on `sys.path`, and modules that came from another case are put away.
"""

import json
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(os.environ["CURRICULUM_ROOT"])
current: Path | None = None
kept: dict[Path | None, dict[str, object]] = {}


def enter(test: Path) -> None:
    global current
    folder = ROOT / test.relative_to(ROOT).parts[0]
    if folder == current:
        return
    # First all are looked at: where a package is, its parent is asked.
    foreign = [name for name, module in list(sys.modules.items()) if is_of_a_case(module)]
    kept[current] = {name: sys.modules.pop(name) for name in foreign}
    # A test that was collected before has its modules again: they are the ones that it imported.
    sys.modules.update(kept.pop(folder, {}))
    current = folder
    os.chdir(folder)
    sys.path[:] = [str(folder), *(p for p in sys.path if ROOT not in Path(p).parents)]


def is_of_a_case(module) -> bool:
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(place and ROOT in Path(place).parents for place in places)


def note(nodeid: str, outcome: str, says: str) -> None:
    # Written at once: a later case that hangs or kills the process takes no result with it.
    test = nodeid.rpartition("::")[2].partition("[")[0]
    with (ROOT / "results.jsonl").open("a", encoding="utf-8") as file:
        print(json.dumps([nodeid.split("/")[0], test, outcome, says]), file=file)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    if isinstance(collector, pytest.Module):
        enter(collector.path)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    enter(item.path)
    return (yield)


def pytest_collectreport(report):
    if report.failed:
        note(report.nodeid, "failed", report.longreprtext)


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        note(report.nodeid, report.outcome, report.longreprtext)


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"
