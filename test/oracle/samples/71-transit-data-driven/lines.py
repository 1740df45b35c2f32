def list_lines() -> list[str]:
    return []


def read_line(line: str) -> str:
    return line


async def close_line(line: str) -> str:
    return line


def alerts() -> list[str]:
    return []


INFO = [alerts, lambda: "no delays"]
