import posixpath
from pathlib import PurePosixPath

ROOT = PurePosixPath("/api")
V2 = str(ROOT / "v2")
MEDIA = posixpath.join(V2, "media", "images")
NAME = "  Art_Gallery ".strip().lower().replace("_", "-")


def join(*parts: str) -> str:
    return "/" + "/".join(part.strip("/") for part in parts if part)
