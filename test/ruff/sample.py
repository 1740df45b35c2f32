# What ruff reports of this file stands in facts.json. Every name of knowledge/ruff.ts is here, with near misses.
import asyncio
import datetime as dtm
import hashlib
import os
import os.path
import pathlib
import pickle
import subprocess
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Annotated

import httpx
import httpx as hx
import requests
import requests as rq
import urllib3
import yaml
from fastapi import APIRouter, Depends, FastAPI, Query
from other import requests as theirs
from other import router as other_router
from requests import get as fetch

app = FastAPI()
router = APIRouter(prefix="/x")
session = requests.Session()
client = httpx.Client()


async def http():
    requests.get("x")
    requests.post("x")
    requests.put("x")
    requests.patch("x")
    requests.delete("x")
    requests.head("x")
    requests.options("x")
    requests.request("GET", "x")
    httpx.get("x")
    httpx.post("x")
    httpx.put("x")
    httpx.patch("x")
    httpx.delete("x")
    httpx.head("x")
    httpx.options("x")
    httpx.request("GET", "x")
    urllib.request.urlopen("x")
    urllib3.request("GET", "x")
    rq.post("x")
    hx.post("x")
    fetch("x")
    requests.get("x").json()
    a = requests.get("a)")["b"]
    (
        requests
        .get("x")
    )
    import requests as local

    local.get("x")
    # Near misses.
    theirs.get("x")
    session.get("x")
    client.get("x")
    requests.Session().get("x")
    httpx.Client().get("x")
    httpx.stream("GET", "x")
    urllib.request.urlretrieve("x")
    urllib3.PoolManager().request("GET", "x")
    asyncio.to_thread(requests.get, "x")
    lambda: requests.get("x")


def plain():
    requests.get("x", timeout=3)
    time.sleep(1)


async def others():
    time.sleep(1)
    sleep(1)
    subprocess.Popen(["x"])
    os.popen("x")
    subprocess.run(["x"])
    subprocess.call(["x"])
    subprocess.check_call(["x"])
    subprocess.check_output(["x"])
    subprocess.getoutput("x")
    subprocess.getstatusoutput("x")
    os.system("x")
    os.spawnl(os.P_WAIT, "x")
    os.wait()
    os.waitpid(1, 0)
    subprocess.Popen(["x"]).wait()
    open("x")
    Path("x").open()
    Path("x").read_text()
    Path("x").read_bytes()
    Path("x").write_text("")
    pathlib.Path("x").write_bytes(b"")
    Path("x").exists()
    os.path.exists("x")
    os.path.isfile("x")
    (Path("x") / "y").read_text()
    input("x")
    asyncio.create_task(others())
    asyncio.ensure_future(others())
    asyncio.create_task(others()).add_done_callback(print)
    asyncio.get_event_loop().create_task(others())


def calls(data, open):
    datetime.utcnow()
    dtm.datetime.utcnow()
    datetime.utcfromtimestamp(1)
    dtm.datetime.utcfromtimestamp(1)
    dtm.datetime.now()
    pickle.load(data)
    pickle.loads(data)
    yaml.load(data)
    yaml.load(data, Loader=yaml.Loader)
    yaml.safe_load(data)
    hashlib.md5(data)
    hashlib.sha1(data)
    hashlib.sha256(data)
    requests.get("x")
    requests.post("x")
    requests.put("x")
    requests.patch("x")
    requests.delete("x")
    requests.head("x")
    requests.options("x")
    requests.request("GET", "x")
    requests.get("x", timeout=None)
    requests.get(
        "x",
        timeout=None,
    )
    session.get("x")


class Settings:
    secret: str = "aaaaaaa"
    api_key: str = "aaaaaaa"
    db_pwd = "aaaaa"
    PASSWORD = "aaaaa"
    access_token: str = "bearer"
    password2 = "abc"
    accessToken = "ab"
    PassWord = "ab"


SECRET_KEY = "abc123def"
password = "hunter22x"
passphrase = "hunter22x" if app else "b"
token = "a" + str(1)
token_b = f"a{app}"
token_c = str("abc")
secret_d = os.getenv("SECRET", "dev")
CONF = {"password": "hunter22x"}
CONF["token"] = "abcde"


def login(user: str, password: str = "hunter22"):
    if password == "hunter22":
        return user
    if "hunter22" != password:
        return login(user, password="hunter22")
    return login(
        user,
        password="hunter22",
    )


@app.get("/a/{item_id}", response_model=int)
def a(q: str = Query(None), d: int = Depends(plain)) -> int:
    return 1


@router.get(
    "/b/{item_id}",
    response_model=int,
)
def b(
    d: int = Depends(plain),
) -> int:
    return 1


@other_router.get("/c/{item_id}", response_model=int)
def c(q: str = Query(None)) -> int:
    return 1


def dependency(d: int = Depends(plain)):
    return 1


@app.get("/d")
def d(q: Annotated[str, Query()]):
    def inner(d: int = Depends(plain)):
        return 1

    return inner


BASE = Path("x")
EITHER = Path("x")
EITHER = open("x")
below = BASE / "y"


async def paths(given: Path, other, text: "pathlib.Path", maybe: Path | None = None):
    made = Path("x")
    made.read_text()
    made.open()
    given.write_text("")
    given.exists()
    BASE.read_bytes()
    text.read_text()
    other.read_text()
    below.read_text()
    maybe.read_text()
    EITHER.read_text()
    for each in BASE.iterdir():
        each.read_text()
    renamed = given
    renamed.read_text()
    with open("x") as file:
        file.read()
