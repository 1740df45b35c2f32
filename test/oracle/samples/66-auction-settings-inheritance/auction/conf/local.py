from .base import Base


class Local(Base):
    name = "auction-local"
    features = Base.features | {"sandbox"}
