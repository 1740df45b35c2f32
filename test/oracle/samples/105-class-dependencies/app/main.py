from typing import Annotated

from fastapi import Depends, FastAPI, Query

from .params import BaseQuery, FilterDep, Filters, OrderQuery, Paging, PagingDep, SortedPaging, UserQuery

app = FastAPI()


@app.get("/users")
def users(query: UserQuery = Depends(), filters: FilterDep = None):
    return []


@app.get("/orders")
def orders(query: OrderQuery = Depends(OrderQuery), paging: Annotated[SortedPaging, Depends(Paging)] = None):
    return []


@app.get("/pages")
def pages(paging: PagingDep, params: Annotated[Filters, Query()]):
    return []
