from ..base import Resource


class Rooms(Resource):
    path = "/rooms"

    def get(self):
        return []
