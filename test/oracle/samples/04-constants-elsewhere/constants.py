from typing import Final

SLASH: Final = "/"
API: Final[str] = "/api"
VERSION: Final = "2024-06"
INVOICES = "invoices"
SEGMENTS = ("archive", "{year:int}", "{month:int}")
