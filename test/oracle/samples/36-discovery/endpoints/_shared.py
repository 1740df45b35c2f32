UNITS = ("metric", "imperial")
