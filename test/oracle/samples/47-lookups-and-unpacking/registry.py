from typing import NamedTuple


class Endpoint(NamedTuple):
    path: str
    name: str = "unnamed"


PATHS = {
    "animals": {"list": "/animals", "one": "/animals/{animal_id}"},
    "keepers": {"list": "/keepers"},
}
FEEDING = Endpoint("/feeding", name="feed")
CLEANING = Endpoint(path="/cleaning")
VERSIONS = ["v1", "v2", "v3"]
