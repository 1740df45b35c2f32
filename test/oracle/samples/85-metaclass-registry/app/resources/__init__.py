from . import lamps, rooms
