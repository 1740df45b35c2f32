from itertools import accumulate, groupby, pairwise, zip_longest

YEARS = range(2020, 2026, 2)
FLAT = sum([["a"], ["b", "c"]], [])
UNIQUE = list(dict.fromkeys(["x", "y", "x"]))
BOTH = sorted({"en", "de", "fr"} & {"de", "en", "it"})
PAIRS = list(pairwise(["one", "two", "three"]))
STEPS = list(accumulate(["a", "b", "c"], lambda left, right: f"{left}/{right}"))
GROUPS = {key: list(words) for key, words in groupby(["apple", "avocado", "beet"], key=lambda word: word[0])}
LONG = list(zip_longest(["k", "l"], [1], fillvalue=0))
EVERY_SECOND = "abcdef"[::2]
REST = [*"xyz"]
del REST[0]
HOURS, MINUTES = divmod(135, 60)
