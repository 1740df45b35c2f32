from fastapi import Header


def require_key(x_api_key: str = Header("")):
    return x_api_key


def require_admin(key: str = Header("")):
    return key
