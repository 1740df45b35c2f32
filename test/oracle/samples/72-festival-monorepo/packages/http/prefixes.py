VERSION = "v2"


def versioned(service: str, *, version: str = VERSION) -> str:
    return f"/{version}/{service}"
