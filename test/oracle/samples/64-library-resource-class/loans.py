from resources_base import Resource


class Loan(Resource, path="/loans"):
    def remove(self, key: str) -> str:
        return key


class Reservation(Resource, path="/reservations"):
    def fetch(self) -> str:
        return "mine"
