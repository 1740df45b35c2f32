from itertools import count, cycle, islice

_counter = count(1)
_total = 0


def next_path(base: str) -> str:
    global _total
    _total += 1
    return f"{base}/{next(_counter)}"


def total() -> int:
    return _total


def numbered(prefix: str):
    current = 0

    def step(by: int = 1) -> str:
        nonlocal current
        current += by
        return f"{prefix}{current}"

    return step


def adder(app):
    def add(path: str):
        def decorate(func):
            add.paths.append(path)
            return app.get(path)(func)

        return decorate

    add.paths = []
    return add


COLOURS = list(islice(cycle(["red", "blue"]), 3))
