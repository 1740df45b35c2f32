import typing as t

from fastapi import APIRouter, Depends, Query

from app import deps
from app.deps import AdminUser, CurrentUser, MaybeUser

router = APIRouter()
Limit = t.Annotated[int, Query(le=100)]


@router.get("/me")
async def me(user: CurrentUser, limit: Limit = 10):
    return user


@router.get("/session")
def session(db: deps.SessionDep, user: MaybeUser, also: t.Annotated[object, Depends(deps.db.sync_session)]):
    return None


@router.delete("/users/{pk}")
async def delete_user(pk: int, admin: AdminUser, session: deps.AsyncSessionDep):
    return pk


@router.get("/legacy")
def legacy(user=Depends(deps.users.current_user), *, admin: AdminUser):
    return user
