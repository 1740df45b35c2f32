from fastapi import APIRouter


def controller(prefix: str):
    def decorate(cls):
        router = APIRouter(prefix=prefix)
        instance = cls()
        for name in dir(cls):
            if name.startswith("get_"):
                router.get("/" + name[4:])(getattr(instance, name))
            elif name.startswith("post_"):
                router.post("/" + name.removeprefix("post_"))(getattr(instance, name))
        cls.router = router
        return cls

    return decorate


@controller("/mine")
class Mine:
    def get_ore(self):
        return []

    async def post_shift(self):
        return {}

    def close(self):
        return None

    @staticmethod
    def get_depth():
        return 7

    @classmethod
    def get_name(cls):
        return cls.__name__


class Base:
    kind = "base"

    def read(self):
        return self.kind


KINDS = ("coal", "iron")
CLASSES = {kind: type(f"{kind.title()}Controller", (Base,), {"kind": kind}) for kind in KINDS}


def build() -> APIRouter:
    router = APIRouter(prefix="/kinds")
    for kind, cls in CLASSES.items():
        router.add_api_route(f"/{kind}", cls().read, name=cls.__name__)
    return router
