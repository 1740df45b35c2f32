from __future__ import annotations

from collections.abc import Iterator


class Url:
    def __init__(self, *parts: str) -> None:
        self.parts = parts

    def __truediv__(self, other: str | Url) -> Url:
        more = other.parts if isinstance(other, Url) else (other,)
        return Url(*self.parts, *more)

    def __add__(self, text: str) -> str:
        return str(self) + text

    def __str__(self) -> str:
        return "/" + "/".join(self.parts)

    def __getattr__(self, name: str) -> Url:
        if name.startswith("_"):
            raise AttributeError(name)
        return self / name


class Prefix(str):
    def sub(self, name: str) -> Prefix:
        return Prefix(f"{self}/{name}")

    @property
    def singular(self) -> str:
        return self.rstrip("s")


class RouteSet:
    def __init__(self, *names: str) -> None:
        self._names = list(names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __getitem__(self, index: int) -> str:
        return self._names[index]

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __call__(self, suffix: str) -> list[str]:
        return [f"{name}.{suffix}" for name in self]


class Countdown:
    def __init__(self, start: int) -> None:
        self.value = start

    def __iter__(self):
        return self

    def __next__(self) -> int:
        if self.value == 0:
            raise StopIteration
        self.value -= 1
        return self.value


api = Url("api")
v1 = api / "v1"
cars = Prefix("/cars")
names = RouteSet("fast", "slow")
