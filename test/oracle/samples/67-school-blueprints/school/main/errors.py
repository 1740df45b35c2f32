"""Nothing here adds a route."""
