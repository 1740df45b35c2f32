"""Every order gets a receipt by mail, after it was answered."""

import asyncio
import logging

from app import mail

# How long the last receipts may take when the service is told to stop.
GRACE = 1.0
SENDERS = 4

logger = logging.getLogger(__name__)


async def send_all(orders: asyncio.Queue[int]) -> None:
    while True:
        order = await orders.get()
        try:
            await mail.send(order)
        except Exception as error:
            logger.error("order %s got no receipt: %r", order, error)
        finally:
            orders.task_done()
