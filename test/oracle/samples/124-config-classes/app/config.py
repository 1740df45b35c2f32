import os


class Config:
    API_PREFIX = "/api"
    BLUEPRINTS = ["auth", "posts"]
    DEBUG = False
    TESTING = False

    @staticmethod
    def init_app(app) -> None:
        pass


class DevelopmentConfig(Config):
    DEBUG = True
    BLUEPRINTS = Config.BLUEPRINTS + ["debug"]

    @classmethod
    def init_app(cls, app) -> None:
        Config.init_app(app)
        app.add_api_route("/dev", cls.describe, name="dev")

    @classmethod
    def describe(cls):
        return cls.__name__


class TestingConfig(Config):
    TESTING = True


config = {"development": DevelopmentConfig, "testing": TestingConfig, "default": DevelopmentConfig}


def current() -> type[Config]:
    return config.get(os.getenv("APP_CONFIG") or "default", Config)
