def convert(value: float, factor: float = 1.0) -> float:
    return value * factor
