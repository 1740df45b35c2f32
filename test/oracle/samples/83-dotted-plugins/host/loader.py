from importlib import import_module
from typing import Any


def import_string(dotted: str) -> Any:
    """Like Django's import_string, with an optional colon."""
    module_name, sep, attribute = dotted.partition(":")
    if not sep:
        module_name, _, attribute = dotted.rpartition(".")
    module = import_module(module_name)
    try:
        return getattr(module, attribute)
    except AttributeError as error:
        raise ImportError(f"no {attribute} in {module_name}") from error
