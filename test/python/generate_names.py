"""Writes server/src/knowledge/names.json: every name that can be imported from FastAPI and the
packages around it, at the versions of requirements.txt. With `--check` it writes nothing and
exits 1 when the file is not what it would write. Run it with the Python of environment.mjs.

- `packages`: package → version.
- `modules`: module → name → what the name canonically is, as a dotted path, or "" when it is
  called just that. Canonical are the module and qualified name that a class or function says it
  is defined at, when that is in these packages and is really the same object.
- `unavailable`: modules that exist but whose names (and submodules) are not listed here.

Only names without a leading underscore are listed, whatever `__all__` says: the question is what
`from module import name` finds. Submodules are names too.
"""

import importlib
import importlib.metadata
import inspect
import json
import pkgutil
import sys
import warnings
from pathlib import Path
from types import ModuleType

OUTPUT = Path(__file__).parents[2] / "server" / "src" / "knowledge" / "names.json"

# Listed with all their submodules.
WHOLE = ("fastapi", "starlette", "pydantic", "pydantic_settings")
# Of these only the modules that programs import from.
PARTS = (
    "httpx",
    "requests",
    "sqlalchemy",
    "sqlalchemy.engine",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm",
)
# The frozen copy of the old pydantic, larger than all the rest.
OPAQUE = ("pydantic.v1",)
# There or not according to the version of Python, which must not change the list.
SOMETIMES = {"pydantic.fields": ("warnings",)}

PACKAGES = {name.partition(".")[0] for name in (*WHOLE, *PARTS)}
# Where a canonical name may lie: pydantic's ValidationError comes from its compiled core.
HOMES = {*PACKAGES, "pydantic_core"}
DISTRIBUTIONS = {"pydantic_settings": "pydantic-settings"}


def public(dotted: str) -> bool:
    return not any(part.startswith("_") for part in dotted.split("."))


def module_names() -> list[str]:
    found = list(PARTS)
    for package in WHOLE:
        places, prefix = importlib.import_module(package).__path__, f"{package}."
        walked = pkgutil.walk_packages(places, prefix, onerror=lambda name: None)
        found += [package, *(module.name for module in walked)]
    opaque = tuple(f"{name}." for name in OPAQUE)
    return sorted(name for name in found if public(name) and not name.startswith(opaque))


def candidates(module: ModuleType) -> set[str]:
    """Names that the module may have: also those that only its `__getattr__` knows."""
    names = {*vars(module), *dir(module), *getattr(module, "__all__", ())}
    names.update(getattr(module, "__deprecated__", ()))  # how Starlette keeps its old names
    names.update(info.name for info in pkgutil.iter_modules(getattr(module, "__path__", ())))
    # Pydantic's old names, which it finds again with a warning or refuses with an explanation.
    migration = importlib.import_module("pydantic._migration")
    for table in (migration.MOVED_IN_V2, migration.DEPRECATED_MOVED_IN_V2, migration.REDIRECT_TO_V1):
        old = (name.split(":") for name in table)
        names.update(name for place, name in old if place == module.__name__)
    return {name for name in names if name.isidentifier() and public(name)}


def canonical(value: object, dotted: str) -> str:
    if inspect.ismodule(value):
        name = value.__name__
        return name if name != dotted and name.partition(".")[0] in HOMES else ""
    if not (inspect.isclass(value) or inspect.isroutine(value)):
        return ""
    place, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if not place or not name or place.partition(".")[0] not in HOMES:
        return ""
    found: object = sys.modules.get(place)
    for part in name.split("."):
        found = getattr(found, part, None)
    return f"{place}.{name}" if found is value and f"{place}.{name}" != dotted else ""


def importable(module: ModuleType, name: str) -> tuple[bool, object]:
    """What `from module import name` would find."""
    try:
        return True, getattr(module, name)
    except Exception:  # pydantic raises errors of its own for the names that it removed
        pass
    try:
        return True, importlib.import_module(f"{module.__name__}.{name}")
    except Exception:
        # A submodule that lacks an optional dependency: the name itself exists.
        places = getattr(module, "__path__", ())
        return any(info.name == name for info in pkgutil.iter_modules(places)), None


def names() -> str:
    modules: dict[str, dict[str, str]] = {}
    unavailable = list(OPAQUE)
    for module_name in module_names():
        if module_name in OPAQUE:
            continue
        try:
            module = importlib.import_module(module_name)
        except Exception:
            unavailable.append(module_name)
            continue
        found = {}
        sometimes = SOMETIMES.get(module_name, ())
        for name in sorted({*candidates(module), *sometimes}):
            exists, value = importable(module, name)
            if exists or name in sometimes:
                found[name] = canonical(value, f"{module_name}.{name}")
        modules[module_name] = found

    versions = {p: importlib.metadata.version(DISTRIBUTIONS.get(p, p)) for p in sorted(PACKAGES)}
    lines = ",\n".join(f"{json.dumps(name)}: {compact(found)}" for name, found in modules.items())
    head = f'"packages": {compact(versions)},\n"unavailable": {compact(sorted(unavailable))}'
    return f'{{\n{head},\n"modules": {{\n{lines}\n}}\n}}\n'


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def main() -> None:
    warnings.simplefilter("ignore")
    text = names()
    if "--check" not in sys.argv[1:]:
        OUTPUT.parent.mkdir(parents=True, exist_ok=True)
        OUTPUT.write_text(text, "utf-8", newline="\n")
    elif not OUTPUT.exists() or OUTPUT.read_text("utf-8") != text:
        sys.exit(f"{OUTPUT.name} is not what is installed: run test/python/generate_names.py")


if __name__ == "__main__":
    main()
