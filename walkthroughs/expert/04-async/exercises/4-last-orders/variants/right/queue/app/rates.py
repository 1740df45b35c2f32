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
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.error("the rates could not be loaded: %r", error)
        await asyncio.sleep(exchange.INTERVAL)
