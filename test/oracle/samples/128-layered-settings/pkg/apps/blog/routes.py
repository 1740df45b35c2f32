from fastapi import APIRouter

from pkg.conf import settings

router = APIRouter(prefix="/blog")


@router.get("/{slug}")
def post(slug: str):
    return slug


if settings.FEATURES["comments"]:

    @router.get("/{slug}/comments")
    def comments(slug: str):
        return []
