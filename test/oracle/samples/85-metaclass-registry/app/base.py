from fastapi import APIRouter


class ResourceMeta(type):
    registry: dict[str, type] = {}

    def __new__(mcs, name, bases, namespace, **kwargs):
        cls = super().__new__(mcs, name, bases, namespace)
        if not namespace.get("abstract", False):
            mcs.registry[name] = cls
        return cls


class Resource(metaclass=ResourceMeta):
    abstract = True
    path: str = ""

    @classmethod
    def router(cls) -> APIRouter:
        router = APIRouter(prefix=cls.path or f"/{cls.__name__.lower()}")
        instance = cls()
        for method in ("get", "post", "delete"):
            handler = getattr(instance, method, None)
            if handler is not None:
                router.add_api_route("/", handler, methods=[method.upper()], name=f"{cls.__name__}.{method}")
        return router
