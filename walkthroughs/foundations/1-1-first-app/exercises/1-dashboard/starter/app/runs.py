"""The training runs of the lab; the list grows while the service is up. This file stays as it is."""

from dataclasses import dataclass


@dataclass
class Run:
    name: str
    accuracy: float


RUNS = [Run("baseline", 0.71), Run("augmented", 0.83), Run("distilled", 0.79)]


def best() -> Run:
    return max(RUNS, key=lambda run: run.accuracy)
