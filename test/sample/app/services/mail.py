import logging

logger = logging.getLogger(__name__)


async def send_receipt(email: str, order_id: int) -> None:
    logger.info("receipt for order %s goes to %s", order_id, email)
