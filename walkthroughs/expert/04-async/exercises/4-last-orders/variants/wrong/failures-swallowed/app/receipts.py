"""Every order gets a receipt by mail, after it was answered."""

import asyncio
from contextlib import suppress

from app import mail

# How long the last receipts may take when the service is told to stop.
GRACE = 1.0

under_way: set[asyncio.Task[None]] = set()


def start(order: int) -> None:
    task = asyncio.create_task(_send(order))
    # The loop itself keeps only weak references.
    under_way.add(task)
    task.add_done_callback(under_way.discard)


async def _send(order: int) -> None:
    with suppress(Exception):
        await mail.send(order)


async def finish() -> None:
    """Waits for the receipts under way, and gives up those that take longer than `GRACE`."""
    if not under_way:
        return
    _, late = await asyncio.wait(under_way, timeout=GRACE)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
