def trace(traceparent: str = ""):
    return traceparent
