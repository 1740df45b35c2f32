from dataclasses import dataclass, field


@dataclass(frozen=True)
class Options:
    prefix: str = "/api"
    with_admin: bool = True
    with_debug: bool = False
    versions: list[str] = field(default_factory=lambda: ["v1", "v2"])
