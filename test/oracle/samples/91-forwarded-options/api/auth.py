from fastapi import Header


def current_user(authorization: str = Header("")):
    return authorization


def tracer(traceparent: str = Header("")):
    return traceparent
