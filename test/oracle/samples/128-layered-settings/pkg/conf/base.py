ROOT_PREFIX = "/site"
INSTALLED_APPS = ["pkg.apps.blog", "pkg.apps.shop"]
FEATURES = {"comments": True, "reviews": False}
DEBUG = False
