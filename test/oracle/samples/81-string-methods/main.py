from fastapi import FastAPI

from naming import BASE, MAJOR, MINOR, TEMPLATE, snake_to_kebab
from resources import Category, PurchaseOrder, StockItem, router_for

app = FastAPI()
for model in [StockItem, Category, PurchaseOrder]:
    app.include_router(router_for(model), prefix=BASE)


@app.get(TEMPLATE.format(area="ops", name="status"))
def status():
    return "ok"


@app.get(TEMPLATE.format_map({"area": MAJOR, "name": MINOR.zfill(4)}))
def release():
    return MAJOR


@app.get("/%s/%02d" % ("build", int(MINOR)))
def build():
    return 1


@app.get("/{:>03}/{!s}".format(7, "x"))
def padded():
    return 1


@app.get(f"/{snake_to_kebab('daily_stock_report')}/{{day}}")
def daily(day: str):
    return day


@app.get("/" + "/".join(reversed("c/b/a".split("/"))))
def letters():
    return 1


@app.get("/trim//".rstrip("/") + "/" + "Mixed Case".casefold().replace(" ", "_"))
def trimmed():
    return 1


PREFIX = "/internal/"


@app.get(PREFIX[:-1])
def internal():
    return 1


@app.get(PREFIX[1:-1].join("//"))
def joined():
    return 1
