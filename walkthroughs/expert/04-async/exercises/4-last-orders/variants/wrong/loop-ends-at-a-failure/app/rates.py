"""Keeps the exchange rates fresh while the service runs."""

import asyncio
import logging

from app import exchange

logger = logging.getLogger(__name__)
current: dict[str, float] = {}


async def keep_fresh() -> None:
    while True:
        current.update(await exchange.load())
        await asyncio.sleep(exchange.INTERVAL)
