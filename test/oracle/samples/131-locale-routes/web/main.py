from fastapi import APIRouter, FastAPI

from .i18n import LANGUAGES, prefix, translated
from .pages import PAGES

app = FastAPI()
for language in LANGUAGES:
    router = APIRouter()
    for page in PAGES:
        path = f"/{translated(language, page.key)}" if page.key else "/"
        router.add_api_route(path, page.view, name=":".join(filter(None, [language, page.key])))
    app.include_router(router, prefix=prefix(language))
