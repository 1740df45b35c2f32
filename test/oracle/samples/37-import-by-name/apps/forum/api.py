from fastapi import APIRouter

router = APIRouter()


@router.get("/threads/{thread_id}")
def read_thread(thread_id: int) -> int:
    return thread_id
