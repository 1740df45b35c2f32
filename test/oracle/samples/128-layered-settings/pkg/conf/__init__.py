import importlib
import os


class LazySettings:
    def __init__(self):
        self._wrapped = None

    def _setup(self):
        name = os.environ.get("PKG_SETTINGS", "pkg.conf.local")
        self._wrapped = importlib.import_module(name)

    def __getattr__(self, name):
        if self._wrapped is None:
            self._setup()
        return getattr(self._wrapped, name)


settings = LazySettings()
