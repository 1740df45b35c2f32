"""Every quote that leaves the house is written down."""

from pathlib import Path

LOG = Path("quotes.log")


def record(pair: str, rate: float) -> None:
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"{pair} {rate}\n")
