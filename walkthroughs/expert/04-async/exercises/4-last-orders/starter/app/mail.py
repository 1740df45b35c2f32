"""The mail provider's client. It stays as it is."""

import asyncio


class Refused(Exception):
    """The provider does not take this one."""


async def send(order: int) -> None:
    await asyncio.sleep(0.05)
