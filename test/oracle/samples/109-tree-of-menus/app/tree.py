from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator


@dataclass
class Node:
    slug: str
    children: list[Node] = field(default_factory=list)

    def add(self, slug: str) -> Node:
        child = Node(slug)
        self.children.append(child)
        return child

    def walk(self, parent: str = "") -> Iterator[tuple[str, Node]]:
        path = f"{parent}/{self.slug}"
        yield path, self
        for child in self.children:
            yield from child.walk(path)


root = Node("menu", [Node("drinks", [Node("hot"), Node("cold")])])
root.add("food").add("soup")

SITEMAP = {"about": {"team": {}, "jobs": {"open": {}}}, "contact": {}}
