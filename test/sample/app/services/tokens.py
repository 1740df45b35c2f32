from datetime import UTC, datetime, timedelta

import jwt

from app.config import get_settings

SECRET_KEY = "9c1f6a7e0b5d4e2f8a3c"
ALGORITHM = "HS256"


def create_token(user_id: int) -> str:
    expires = datetime.now(UTC) + timedelta(minutes=get_settings().token_minutes)
    return jwt.encode({"sub": str(user_id), "exp": expires}, SECRET_KEY, algorithm=ALGORITHM)


def read_token(token: str) -> int:
    claims = jwt.decode(token, SECRET_KEY, algorithms=[ALGORITHM])
    return int(claims["sub"])
