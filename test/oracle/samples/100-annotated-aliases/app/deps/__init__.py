from .db import AsyncSessionDep, SessionDep
from .users import AdminUser, CurrentUser, MaybeUser

__all__ = ["AdminUser", "AsyncSessionDep", "CurrentUser", "MaybeUser", "SessionDep"]
