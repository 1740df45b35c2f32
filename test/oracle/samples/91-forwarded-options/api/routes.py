from fastapi import Depends

from .auth import tracer
from .factory import TracedRouter, make_router, private_router

public = make_router("public")
account = private_router("account", prefix="/me")
audit = make_router("audit", private=True, dependencies=[Depends(tracer)])
traced = TracedRouter(prefix="/traced")


@public.get("/")
def landing():
    return 1


@account.get("/profile")
def profile():
    return 1


@audit.get("/log")
def log():
    return 1


@traced.get("/spans/")
def spans():
    return 1


@traced.post("/spans/{span_id}/", dependencies=[Depends(tracer)])
def annotate(span_id: str):
    return span_id
