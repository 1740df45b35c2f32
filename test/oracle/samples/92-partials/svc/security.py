def check(token: str = ""):
    return token
