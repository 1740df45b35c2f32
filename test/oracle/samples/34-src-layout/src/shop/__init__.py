__version__ = "0.1.0"
API_ROOT = "/shop"
