from . import churn, spam  # noqa: F401
