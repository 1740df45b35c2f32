from . import labs, wards

PREFIX = "/" + "/".join(("clinic", "v1"))
public = [router for module in (labs, wards) for router in module.routers]
internal = {"labs": (labs.internal,)}
