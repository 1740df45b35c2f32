from functools import total_ordering

from fastapi import APIRouter


@total_ordering
class OrderedRouter(APIRouter):
    def __init__(self, *args, order: int = 100, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = order

    def __lt__(self, other):
        return self.order < other.order

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return id(self)


ALL: list[OrderedRouter] = []


def router(prefix: str, order: int = 100) -> OrderedRouter:
    made = OrderedRouter(prefix=prefix, order=order)
    ALL.append(made)
    return made
