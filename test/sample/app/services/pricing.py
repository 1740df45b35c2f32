from collections.abc import Iterable

from app.schemas import OrderLineOut

FREE_SHIPPING_FROM = 5_000
SHIPPING = 490


def shipping_cents(total_cents: int) -> int:
    return 0 if total_cents >= FREE_SHIPPING_FROM else SHIPPING


def total_cents(lines: Iterable[OrderLineOut], prices: dict[int, int]) -> int:
    goods = sum(prices[line.book_id] * line.quantity for line in lines)
    return goods + shipping_cents(goods)
