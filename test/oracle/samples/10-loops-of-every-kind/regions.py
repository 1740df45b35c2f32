from enum import Enum


class Region(str, Enum):
    EU = "eu"
    US = "us"


class Tier(Enum):
    FREE = "/free"
    PAID = "/paid"
