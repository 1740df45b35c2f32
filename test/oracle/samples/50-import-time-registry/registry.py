from collections.abc import Callable

from fastapi import APIRouter

ROUTERS: list[APIRouter] = []
NAMED: dict[str, APIRouter] = {}


def register(build: Callable[[], APIRouter]) -> Callable[[], APIRouter]:
    ROUTERS.append(build())
    return build
