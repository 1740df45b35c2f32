from enum import Enum, IntEnum


class Section(Enum):
    USERS = ("users", 1)
    TEAMS = ("teams", 2)
    AUDIT = ("audit-log", 2)

    def __init__(self, slug: str, since: int):
        self.slug = slug
        self.since = since

    @property
    def path(self) -> str:
        return f"/{self.slug}"

    @classmethod
    def available(cls, version: int):
        return [member for member in cls if member.since <= version]


class Version(IntEnum):
    ONE = 1
    TWO = 2

    @property
    def prefix(self):
        return f"/v{self.value}"
