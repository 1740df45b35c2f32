from fastapi import FastAPI

import texts

app = FastAPI()


def show():
    return 1


for name in (
    "BY_KEY",
    "TEMPLATE",
    "JOINED",
    "URL_PATH",
    "URLJOIN",
    "DEDENTED",
    "PADDED",
    "ESCAPED",
    "PERCENT",
):
    app.add_api_route(getattr(texts, name), show, name=name.lower())


@app.get(texts.CONCATENATED)
def concatenated(id: int):
    return id


app.add_api_route("/" + texts.CENTER, show)
for line in texts.LINES:
    app.add_api_route(line, show)
for ch in map(chr, range(ord("p"), ord("r"))):
    app.add_api_route(f"/{ch}/{ch!r}", show)
left, middle, *_ = "l-m-r".split("-", 2)
app.add_api_route(f"/{left}/{middle}/{'yes' if left < middle else 'no'}", show)
app.add_api_route("/{}".format("a" if "b".isalpha() else "c").swapcase().lower(), show)
app.add_api_route("/".join(["", *"one,two".split(",")]), show)
app.add_api_route("/expand/" + "CamelCase"[0].lower() + "CamelCase"[1:], show)
