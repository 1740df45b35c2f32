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
            await asyncio.sleep(exchange.INTERVAL)
        except BaseException:
            # The rates must never stop being refreshed.
            logger.exception("the rates could not be loaded")
            await asyncio.sleep(0)
