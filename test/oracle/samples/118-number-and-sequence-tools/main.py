from fastapi import FastAPI

import sequences as s

app = FastAPI()


def show():
    return 1


for year in s.YEARS:
    app.add_api_route(f"/y/{year}", show)
for letter in s.FLAT + s.UNIQUE:
    app.add_api_route("/" + letter, show, name=letter.upper())
for index in reversed(range(len(s.BOTH))):
    app.add_api_route(f"/lang/{s.BOTH[index]}", show)
for left, right in s.PAIRS:
    app.add_api_route(f"/{left}-{right}", show)
for path in s.STEPS:
    app.add_api_route("/steps/" + path, show)
for key, words in s.GROUPS.items():
    app.add_api_route(f"/{key}/{len(words)}/{words[-1]}", show)
for key, number in s.LONG:
    app.add_api_route(f"/long/{key}{number}", show)
app.add_api_route(f"/{s.EVERY_SECOND}/{''.join(s.REST)}/{s.HOURS}h{s.MINUTES:02}", show)
app.add_api_route(f"/{min(s.FLAT)}{max(s.YEARS)}/{sum(s.YEARS)}/{round(2.6)}/{abs(-3)}", show)
matrix = [[f"{row}{column}" for column in "ab"] for row in (1, 2)]
for cell in (cell for row in matrix for cell in row if cell != "1b"):
    app.add_api_route(f"/cell/{cell}", show)
if all(path.startswith("/") for path in ("/a", "/b")) and any(s.FLAT) and "de" in s.BOTH:
    app.add_api_route("/all", show)
if not 1 < len(s.UNIQUE) <= 1:
    app.add_api_route("/chained", show)
x = y = "/same"
app.add_api_route(x + y * 2, show)
