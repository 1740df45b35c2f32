"""The training runs of the lab, the newest first. This file stays as it is."""

from dataclasses import dataclass


@dataclass
class Run:
    name: str
    # "running", "done" or "failed"
    state: str
    tags: list[str]


RUNS = [
    Run("tiny", "running", ["text"]),
    Run("distilled", "failed", ["text", "large"]),
    Run("augmented", "done", ["vision", "large"]),
    Run("baseline", "done", ["vision"]),
]
