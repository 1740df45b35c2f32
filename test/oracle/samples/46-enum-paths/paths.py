from enum import Enum, StrEnum, auto


class Paths(str, Enum):
    LOGIN = "/login"
    LOGOUT = "/logout"
    TOKEN = LOGIN + "/token"


class Area(StrEnum):
    SALES = "sales"
    SUPPORT = "support"


class Section(StrEnum):
    OVERVIEW = auto()
    DETAILS = auto()


class Api(Enum):
    V1 = "/v1"
    V2 = "/v2"
