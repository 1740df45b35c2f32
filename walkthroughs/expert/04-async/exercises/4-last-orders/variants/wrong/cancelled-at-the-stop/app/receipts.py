"""Every order gets a receipt by mail, after it was answered."""

import asyncio
import logging

from app import mail

# How long the last receipts may take when the service is told to stop.
GRACE = 1.0

logger = logging.getLogger(__name__)
under_way: set[asyncio.Task[None]] = set()


def start(order: int) -> None:
    task = asyncio.create_task(_send(order))
    under_way.add(task)
    task.add_done_callback(under_way.discard)


async def _send(order: int) -> None:
    try:
        await mail.send(order)
    except Exception:
        logger.exception("order %s got no receipt", order)


async def finish() -> None:
    for task in list(under_way):
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
