"""Keeps the exchange rates fresh while the service runs."""

import asyncio
import logging

from app import exchange

logger = logging.getLogger(__name__)
current: dict[str, float] = {}


async def keep_fresh() -> None:
    while True:
        try:
            current.update(await exchange.load())
        except Exception:
            # CancelledError is no Exception: it passes, and the loop ends when it is told to.
            logger.exception("the rates could not be loaded")
        await asyncio.sleep(exchange.INTERVAL)
