"""Every order gets a receipt by mail, after it was answered."""

import asyncio
import logging

from app import mail

# How long the last receipts may take when the service is told to stop.
GRACE = 1.0

logger = logging.getLogger(__name__)


async def send(order: int) -> None:
    try:
        await mail.send(order)
    except Exception:
        logger.exception("order %s got no receipt", order)


class Receipts:
    def __init__(self, group: asyncio.TaskGroup) -> None:
        self.group = group

    def start(self, order: int) -> None:
        self.group.create_task(send(order))
