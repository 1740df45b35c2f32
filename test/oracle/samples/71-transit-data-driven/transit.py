from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

import lines


@dataclass(slots=True)
class Rule:
    path: str
    handler: Callable[..., Any]
    methods: tuple[str, ...] = ("GET",)
    name: str | None = None

    @property
    def full_path(self) -> str:
        return "/transit" + self.path


RULES = [
    Rule("/lines", lines.list_lines),
    Rule("/lines/{line}", lines.read_line, name="line"),
    Rule("/lines/{line}", handler=lines.close_line, methods=("DELETE", "POST")),
]

app = FastAPI()
for rule in RULES:
    app.add_api_route(rule.full_path, rule.handler, methods=list(rule.methods), name=rule.name)

for path, handler in zip(("/alerts", "/delays"), lines.INFO):
    app.get(path)(handler)
