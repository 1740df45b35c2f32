from .hub import telescopes

ACTIONS = {"open": ["POST"], "close": ["POST", "DELETE"]}


def act(dome: int) -> int:
    return dome


for action, methods in ACTIONS.items():
    telescopes.add_api_route(f"/{{dome}}/{action}", act, methods=methods, name=f"dome-{action}")
