from fastapi import FastAPI

from .generic import include, path
from .views import Form, Home

urlpatterns = [
    path("/", Home.as_view(template="x"), name="home"),
    path("/form", Form.as_view()),
]
app = FastAPI()
app.include_router(include(urlpatterns, prefix="/site"))
