import webkit

from ledger.entries import router as entries

app = webkit.service("ledger", routers=[entries], version=3)
