from fastapi import Depends


def a():
    return "a"


def b(x=Depends(a)):
    return x


def c(y=Depends(b), x=Depends(a, use_cache=False)):
    return y


async def d():
    yield 1


COMMON = [Depends(a)]
STRICT = COMMON + [Depends(b)]
ALL = (*STRICT, Depends(c))
