from types import SimpleNamespace

import fastapi as fa
from fastapi import routing

by_topic = {"geo": fa.APIRouter(prefix="/geo")}
ordered = [fa.APIRouter(), routing.APIRouter(prefix="/ordered")]


class Routers:
    time = fa.APIRouter(prefix="/time")


namespace = SimpleNamespace(misc=routing.APIRouter(prefix="/misc"))


@by_topic["geo"].get("/continents")
def continents() -> list[str]:
    return []


@Routers.time.get("/now")
def now() -> str:
    return "now"


@ordered[1].get("/")
def ordered_root() -> str:
    return "ordered"


@namespace.misc.get("/odds")
def odds() -> str:
    return "odds"
