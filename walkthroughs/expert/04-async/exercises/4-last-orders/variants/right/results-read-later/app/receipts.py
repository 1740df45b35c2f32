"""Every order gets a receipt by mail, after it was answered."""

import asyncio
import logging

from app import mail

# How long the last receipts may take when the service is told to stop.
GRACE = 1.0

logger = logging.getLogger(__name__)
tasks: dict[asyncio.Task[None], int] = {}


def start(order: int) -> None:
    task = asyncio.create_task(mail.send(order))
    tasks[task] = order
    task.add_done_callback(_note)


def _note(task: asyncio.Task[None]) -> None:
    order = tasks.pop(task)
    if not task.cancelled() and task.exception() is not None:
        logger.error("order %s got no receipt: %r", order, task.exception())


async def finish() -> None:
    waiting = list(tasks)
    try:
        async with asyncio.timeout(GRACE):
            await asyncio.gather(*waiting, return_exceptions=True)
    except TimeoutError:
        logger.warning("%s receipts were given up", len(waiting))
