import re

PROJECT = "svc-warehouse-api"
BASE = "/%s" % PROJECT.removeprefix("svc-").removesuffix("-api")
VERSION = "2024.03"
MAJOR, _, MINOR = VERSION.partition(".")
TEMPLATE = "/{area}/{name}"


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def snake_to_kebab(name: str) -> str:
    return name.replace("_", "-")


def plural(word: str) -> str:
    if word.endswith("y"):
        return word[:-1] + "ies"
    return word + "s"
