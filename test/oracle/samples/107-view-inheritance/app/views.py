from .base import AbstractView


def only_local():
    return True


class PlanetView(AbstractView):
    prefix = "/planets"

    def list(self):
        return []


class MoonView(PlanetView):
    prefix = "/moons"
    exclude = {"destroy", "create"}
    dependencies = [only_local]

    async def retrieve(self, id: int):
        return id


class ReadOnlyView(AbstractView):
    actions = ("list",)


class StarView(ReadOnlyView):
    prefix = "/stars"

    def list(self):
        return []
