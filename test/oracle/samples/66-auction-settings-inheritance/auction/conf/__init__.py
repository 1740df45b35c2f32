import os

from .base import Base
from .live import Live
from .local import Local

CONFIGS: dict[str, type[Base]] = {"live": Live, "local": Local}
conf = CONFIGS[os.environ.get("AUCTION_STAGE", "local")]()
