from . import items, users
