from fastapi import FastAPI


def create_app(config_name: str = "default") -> FastAPI:
    from school.config import config
    from school.extensions import init_app

    settings = config[config_name]
    app = FastAPI(title="School")

    from .main import main as main_blueprint

    app.include_router(main_blueprint)

    if settings.WITH_GRADES:
        from .grades import grades

        app.include_router(grades, prefix=settings.GRADES_PREFIX)

    init_app(app)
    return app
