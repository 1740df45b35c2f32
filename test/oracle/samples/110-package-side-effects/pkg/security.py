from fastapi import Depends


def _check_admin(token: str = ""):
    return token


admin_only = Depends(_check_admin)
