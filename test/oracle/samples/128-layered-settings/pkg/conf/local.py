from .base import *  # noqa: F403
from .base import FEATURES, INSTALLED_APPS

DEBUG = True
INSTALLED_APPS = INSTALLED_APPS + ["pkg.apps.debug"]
FEATURES = {**FEATURES, "reviews": True}
