from . import bp


@bp.get("/", name="posts.index")
def index():
    return []
