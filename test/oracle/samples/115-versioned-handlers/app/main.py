from .greetings import router
from .versioning import versioned

app = versioned(router)


@app.get("/versions")
def versions():
    return [1, 2]
