"""Three answers from somewhere else, half a second each. How long does the reader wait?"""

import asyncio
import time


async def fetch(name: str, seconds: float = 0.5) -> str:
    await asyncio.sleep(seconds)
    return name


async def one_after_another() -> list[str]:
    return [await fetch("user"), await fetch("orders"), await fetch("news")]


async def at_the_same_time() -> list[str]:
    return await asyncio.gather(fetch("user"), fetch("orders"), fetch("news"))


async def with_a_deadline() -> list[str]:
    async def in_time(name: str, seconds: float) -> str | None:
        try:
            async with asyncio.timeout(1):
                return await fetch(name, seconds)
        except TimeoutError:
            return None

    found = await asyncio.gather(in_time("user", 0.5), in_time("news", 60))
    return [name for name in found if name]


async def one_fails() -> list[str]:
    async def broken() -> str:
        raise ConnectionError

    try:
        async with asyncio.TaskGroup() as group:
            user = group.create_task(fetch("user", 60))
            group.create_task(broken())
    except* ConnectionError:
        pass
    return ["user was cancelled" if user.cancelled() else "user goes on"]


async def main() -> None:
    for way in (one_after_another, at_the_same_time, with_a_deadline, one_fails):
        started = time.perf_counter()
        found = await way()
        took = round((time.perf_counter() - started) * 2) / 2
        print(f"{way.__name__}: {', '.join(found)} after {took} s")


if __name__ == "__main__":
    asyncio.run(main())
