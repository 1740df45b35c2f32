"""Runs pytest as often as it is told to, each time in a fork of this one process that has imported the large packages once.

The arguments are those packages. A line on the standard input is a run: `{"id", "folder", "args", "env", "output"}`.
A line on the standard output is how one ended: `{"id", "code"}`, negative for a signal. A run has a process of its own, so
that no module, task or patch of one is seen by another.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys

# Longer than any run; pytest's own limit for a test is a minute.
SECONDS = 180


def warm_up(modules: list[str]) -> None:
    with contextlib.redirect_stdout(sys.stderr):
        for module in modules:
            # Whoever imports it, and needs it, will say that it fails.
            with contextlib.suppress(Exception):
                importlib.import_module(module)
    # What is here now is not looked through again in every fork: that took most of a short run.
    gc.collect()
    gc.freeze()


def start(line: str) -> None:
    """Two forks: one waits for the other, so that a run that is killed is told of as well."""
    if os.fork() != 0:
        return
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    run = json.loads(line)
    child = os.fork()
    if child == 0:
        try:
            become(**run)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os.write(1, (json.dumps({"id": run["id"], "code": code}) + "\n").encode())
    os._exit(0)


def become(id: int, folder: str, args: list[str], env: dict[str, str], output: str) -> None:
    """What `python -m pytest` would be, started in this folder with this environment."""
    signal.alarm(SECONDS)
    nothing = os.open(os.devnull, os.O_RDONLY)
    printed = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for source, target in ((nothing, 0), (printed, 1), (printed, 2)):
        os.dup2(source, target)
    os.chdir(folder)
    os.environ.update(env)
    sys.path[:0] = env["PYTHONPATH"].split(os.pathsep)
    import pytest

    # Through all frames of this file to the end of the interpreter, with what is to be done there.
    sys.exit(pytest.main(args))


if __name__ == "__main__":
    sys.path.pop(0)
    warm_up(sys.argv[1:])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for each in sys.stdin:
        start(each)
