from fastapi import APIRouter

from .sections import Section

users = APIRouter()
teams = APIRouter()
audit = APIRouter()


@users.get("")
def list_users():
    return []


@users.get("/{user_id}")
def get_user(user_id: int):
    return user_id


@teams.get("")
def list_teams():
    return []


@audit.get("")
def list_audit():
    return []


ROUTERS = {
    Section.USERS: users,
    Section.TEAMS: teams,
    Section.AUDIT: audit,
}
