class BaseConfig:
    ROOT = "/svc"
    VERSION = 2

    def __init__(self) -> None:
        self.reports_path = self.ROOT + "/reports"


class ProductionConfig(BaseConfig):
    VERSION = 3
    EXPORTS = "/exports"


config = ProductionConfig()
