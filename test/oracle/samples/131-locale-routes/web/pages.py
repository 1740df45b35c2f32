from dataclasses import dataclass
from typing import Callable


@dataclass(order=True)
class Page:
    weight: int
    key: str
    view: Callable = None

    def __post_init__(self):
        self.view = self.view or globals()[f"show_{self.key}"]


def show_about(): ...


def show_contact(): ...


def landing(): ...


PAGES = sorted([Page(2, "contact"), Page(1, "about"), Page(0, "", landing)])
