"""Makes the Python environment of the tests: `environment.py FOLDER KEY`. Standard library only.

FOLDER gets `venv/` (the pinned packages), `docs_src/` (the examples of FastAPI's documentation)
and, last of all, `stamp` holding KEY: an environment without a fitting stamp is made anew.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from contextlib import contextmanager
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


@contextmanager
def only_process(lock: Path):
    """Waits until no other process is in here. The system lets go of the lock if we are killed."""
    with lock.open("a+") as file:
        if os.name == "nt":
            import msvcrt
            import time

            while True:
                try:
                    file.seek(0)
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten tries, a second apart
                    time.sleep(0.1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(*command: str) -> None:
    """Runs a command quietly; what it said is shown only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")


def make(folder: Path, key: str) -> None:
    stamp = folder / "stamp"
    stamp.unlink(missing_ok=True)

    print("Making the Python environment of the tests …", file=sys.stderr)
    venv.create(folder / "venv", clear=True, with_pip=True)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "install", "--requirement", str(REQUIREMENTS))

    pin = re.search(r"^fastapi==.+$", REQUIREMENTS.read_text("utf-8"), re.MULTILINE)
    assert pin, "requirements.txt pins no fastapi"
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        # Only fastapi is asked for as source: pip also builds its metadata, with wheels.
        run(*pip, "download", pin[0], "--no-deps", "--no-binary", "fastapi", "--dest", temporary)
        (archive,) = Path(temporary).glob("*.tar.gz")
        with tarfile.open(archive) as source:
            members = [m for m in source if m.name.split("/")[1:2] == ["docs_src"]]
            # Python 3.11.4 brought the filter; what is unpacked here are Python files of a known package.
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            source.extractall(temporary, members, **safely)
        shutil.rmtree(folder / "docs_src", ignore_errors=True)
        (unpacked,) = Path(temporary).glob("*/docs_src")
        unpacked.rename(folder / "docs_src")

    stamp.write_text(key, "utf-8")


def main() -> None:
    folder, key = Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(parents=True, exist_ok=True)
    with only_process(folder / "lock"):
        stamp = folder / "stamp"
        # Another process may have made it while this one waited.
        if not stamp.exists() or stamp.read_text("utf-8") != key:
            make(folder, key)


if __name__ == "__main__":
    main()
