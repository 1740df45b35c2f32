from ..base import Resource


class Lamps(Resource):
    def get(self):
        return []

    async def post(self):
        return {}


class DimmableLamps(Lamps):
    path = "/lamps/dimmable"

    def delete(self):
        return None
