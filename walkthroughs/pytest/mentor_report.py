"""Tells the editor and the command line, test by test, how an exercise is doing.

Each line on the standard output that begins with `##mentor##` is JSON. Loaded with `-p` before pytest
begins to capture, so that what the tests print never gets in between.
"""

import json
import os

import pytest

out = os.fdopen(os.dup(1), "w", encoding="utf-8")


def tell(**what: object) -> None:
    print("##mentor##" + json.dumps(what), file=out, flush=True)


def name_of(nodeid: str) -> str:
    return nodeid.rpartition("::")[2]


def place_of(report) -> dict[str, object]:
    path, line, _ = report.location
    return {"file": path.replace("\\", "/"), "line": (line or 0) + 1}


def said_by(report) -> str:
    """What went wrong in a line: the words of the assertion, without what pytest adds."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else report.longreprtext
    line = text.strip().split("\n")[0]
    return line.removeprefix("AssertionError: ").removeprefix("Failed: ")


def pytest_collectreport(report):
    if report.failed:
        tell(kind="broken", test=report.nodeid, says=report.longreprtext)


def pytest_collection_finish(session):
    tell(kind="found", tests=[name_of(item.nodeid) for item in session.items])


def pytest_runtest_logstart(nodeid, location):
    tell(kind="started", test=name_of(nodeid))


def pytest_runtest_logreport(report):
    # Of set-up and clean-up only a failure is worth telling.
    if report.when != "call" and report.outcome == "passed":
        return
    details = {} if report.passed else {"says": said_by(report), "long": report.longreprtext}
    outcome = "passed" if report.passed else "failed"
    tell(kind="ended", test=name_of(report.nodeid), outcome=outcome, **place_of(report), **details)


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"
