PRODUCTION = True
CUSTOM_PREFIX: str | None = None
BASE = ""
