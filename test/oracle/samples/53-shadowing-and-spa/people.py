from fastapi import APIRouter

router = APIRouter()


@router.get("/{person_id}")
def read_person(person_id: str) -> str:
    return person_id


@router.get("/me")
def read_me() -> str:
    return "never reached"


@router.get("/{person_id:int}/age")
def age(person_id: int) -> int:
    return person_id


@router.get("/{person_id}/age")
def age_by_name(person_id: str) -> str:
    return person_id


@router.get("/{person_id}")
def read_person_again(person_id: str) -> str:
    return person_id
