from dataclasses import dataclass


@dataclass
class Page:
    path: str


@dataclass
class Redirect:
    source: str
    target: str


SPEC = [
    Page("/home"),
    Redirect("/old", "/home"),
    ("GET", "/about"),
    ("POST", "/contact"),
    {"path": "/terms", "hidden": True},
    "/plain",
    None,
]
