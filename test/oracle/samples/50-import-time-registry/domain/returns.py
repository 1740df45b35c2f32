from fastapi import APIRouter

from registry import register


@register
def returns_router() -> APIRouter:
    router = APIRouter(prefix="/returns")

    @router.put("/{rental_id}")
    def give_back(rental_id: int) -> int:
        return rental_id

    return router
