from . import films
from .builder import AppBuilder

app = (
    AppBuilder()
    .with_prefix("/cinema")
    .with_cors()
    .with_dependency(films.locale, films.throttle)
    .with_router(films.router)
    .with_router(films.router, prefix="/again")
    .with_step(films.add_banner)
    .with_step(lambda application: application.add_api_route("/λ", films.banner, name="inline"))
    .build()
)
