from domain import pricing, rental, returns

__all__ = ["pricing", "rental", "returns"]
