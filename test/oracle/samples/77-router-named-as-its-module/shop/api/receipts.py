import shop.api.orders
from shop.api.orders import orders


@orders.get("/{order_id}/receipt")
def read_receipt(order_id: int) -> str:
    return str(order_id)
