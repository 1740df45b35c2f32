from .base import Base


class Live(Base):
    version = 2
