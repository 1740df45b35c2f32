class Animals:
    def index(self):
        return []

    def show(self, animal_id: int):
        return animal_id

    async def destroy(self, animal_id: int):
        return None


class Feedings:
    @staticmethod
    def index(animal_id: int):
        return []

    @staticmethod
    def create(animal_id: int):
        return {}
