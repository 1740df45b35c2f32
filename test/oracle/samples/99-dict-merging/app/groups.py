from collections import ChainMap, OrderedDict, defaultdict

from fastapi import APIRouter

a, b, c = APIRouter(), APIRouter(), APIRouter()


@a.get("/a")
def read_a():
    return 1


@b.get("/b")
def read_b():
    return 1


@c.get("/c")
def read_c():
    return 1


BASE = {"/one": [a], "/two": [b]}
EXTRA = {"/two": [c], "/three": [a, c]}

merged: defaultdict[str, list[APIRouter]] = defaultdict(list)
for table in (BASE, EXTRA):
    for prefix, routers in table.items():
        merged[prefix].extend(routers)

overridden = BASE | EXTRA
names = ChainMap({"a": "/chain"}, {"a": "/never", "b": "/chained"})
ordered = OrderedDict([("z", a), ("y", b)])
ordered.move_to_end("z")
by_length: dict[int, list[str]] = {}
for word in ("/x", "/yy", "/z"):
    by_length.setdefault(len(word), []).append(word)
