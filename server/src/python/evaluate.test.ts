import { describe, expect, test } from 'vitest';
import { meaningIn } from '../../../test/support/meaning.ts';
import { wasmParser } from '../../../test/support/parser.ts';

const parser = await wasmParser();

/** Files as text: each begins with a line `# file: path`; the meaning asked for is in the last one. */
function meaningOf(source: string): string {
  const parts = source.split(/^# file: (.+)\n/m);
  const files: Record<string, string> = {};
  let last = 'main.py';
  if (parts[0]?.trim()) files[last] = parts[0];
  for (let at = 1; at < parts.length; at += 2) {
    last = parts[at] ?? '';
    files[last] = parts[at + 1] ?? '';
  }
  return meaningIn(parser, files, last);
}

function table(cases: readonly (readonly [string, string, string])[]): void {
  test.each(cases)('%s', (_, source, expected) => expect(meaningOf(source)).toBe(expected));
}

const A = '# file: app/a.py\nclass User: ...\nuser = User()\ndef make() -> User: ...\n';
const PACKAGE = '# file: app/__init__.py\n';

describe('a name through an import', () => {
  table([
    ['of a module', 'import requests\nshow(requests.get)', 'x:requests.get'],
    ['of a module below', 'import os.path\nshow(os.path.join)', 'x:os.path.join'],
    ['with another name', 'import requests as r\nshow(r.get)', 'x:requests.get'],
    ['of a module below with another name', 'import a.b as d\nshow(d.c)', 'x:a.b.c'],
    ['of a name', 'from time import sleep\nshow(sleep)', 'x:time.sleep'],
    ['of a name with another name', 'from time import sleep as s\nshow(s)', 'x:time.sleep'],
    ['inside a function', 'def f():\n    import time\n    show(time.sleep)', 'x:time.sleep'],
    ['of a file, absolute', `${PACKAGE}${A}# file: main.py\nfrom app.a import User\nshow(User)`, 'c:app/a.py#User~0'],
    ['of a module file', `${PACKAGE}${A}# file: main.py\nimport app.a\nshow(app.a.user)`, 'i:app/a.py#User~0'],
    ['of a module file with another name', `${PACKAGE}${A}# file: main.py\nimport app.a as m\nshow(m)`, 'm:app/a.py'],
    ['of a module from its package', `${PACKAGE}${A}# file: main.py\nfrom app import a\nshow(a.make())`, 'i:app/a.py#User~0'],
    ['relative', `${PACKAGE}${A}# file: app/b.py\nfrom .a import user\nshow(user)`, 'i:app/a.py#User~0'],
    ['relative to the package', `${PACKAGE}${A}# file: app/b.py\nfrom . import a\nshow(a.user)`, 'i:app/a.py#User~0'],
    ['relative, two levels up', `${PACKAGE}${A}# file: app/sub/__init__.py\n# file: app/sub/b.py\nfrom ..a import user\nshow(user)`, 'i:app/a.py#User~0'],
    ['relative in an __init__', `${A}# file: app/__init__.py\nfrom .a import user\nshow(user)`, 'i:app/a.py#User~0'],
    ['by a star', `${PACKAGE}${A}# file: main.py\nfrom app.a import *\nshow(user)`, 'i:app/a.py#User~0'],
    ['by two stars', `${PACKAGE}${A}# file: app/b.py\nfrom .a import *\n# file: main.py\nfrom app.b import *\nshow(user)`, 'i:app/a.py#User~0'],
    ['re-exported by an __init__', `${A}# file: app/__init__.py\nfrom .a import User as U\n# file: main.py\nfrom app import U\nshow(U())`, 'i:app/a.py#User~0'],
    ['re-exported by a chain of __init__s', `${A}# file: app/__init__.py\nfrom .a import *\n# file: lib/__init__.py\nfrom app import make\n# file: main.py\nimport lib\nshow(lib.make())`, 'i:app/a.py#User~0'],
    ['of a package from another', 'from fastapi import HTTPException\nshow(HTTPException)', 'x:fastapi.HTTPException'],
    ['by its public name', 'from requests.sessions import Session\nshow(Session().get)', 'x:requests.Session.get'],
    ['under try, both the same', 'try:\n    from requests import get\nexcept ImportError:\n    from requests import get\nshow(get)', 'x:requests.get'],
    ['under try, one or the other', 'try:\n    import ujson as json\nexcept ImportError:\n    import json\nshow(json)', 'unknown'],
    ['under try, or None', 'try:\n    import redis\nexcept ImportError:\n    redis = None\nshow(redis.Redis)', 'x:redis.Redis'],
    ['under if TYPE_CHECKING', `${PACKAGE}${A}# file: main.py\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.a import User\ndef f(u: "User"):\n    show(u)`, 'i:app/a.py#User~0'],
    ['between files that import each other', '# file: a.py\nimport b\nclass A: ...\n# file: b.py\nimport a\nshow(a.b.a.A)', 'c:a.py#A~0'],
    ['of a file by its own path twice', '# file: a.py\nfrom a import *\nshow(nothing)', 'x:builtins.nothing'],
  ]); // biome-ignore format: one case, one line
});

describe('where a module is found', () => {
  table([
    ['in src', '# file: src/app/__init__.py\n# file: src/app/a.py\nx = 1\n# file: tests/t.py\nfrom app.a import x\nshow(x)', 'i:builtins.int'],
    ['in src, from src', '# file: src/app/a.py\nx = 1\n# file: src/app/b.py\nfrom app.a import x\nshow(x)', 'i:builtins.int'],
    ['in a namespace package', '# file: ns/part/a.py\nx = ""\n# file: main.py\nimport ns.part.a\nshow(ns.part.a.x)', 'i:builtins.str'],
    ['a namespace itself', '# file: ns/part/a.py\nx = ""\n# file: main.py\nfrom ns import part\nshow(part)', 'n:ns/part'],
    ['in the nearer of two projects', '# file: one/app/__init__.py\n# file: one/app/a.py\nx = 1\n# file: two/app/__init__.py\n# file: two/app/a.py\nx = ""\n# file: two/main.py\nfrom app.a import x\nshow(x)', 'i:builtins.str'],
    ['in the nearer of two projects, deep inside it', '# file: one/app/__init__.py\n# file: one/app/a.py\nx = 1\n# file: two/app/__init__.py\n# file: two/app/a.py\nx = ""\n# file: one/app/sub/__init__.py\n# file: one/app/sub/b.py\nfrom app.a import x\nshow(x)', 'i:builtins.int'],
    ['not in the other of two projects', '# file: one/app/__init__.py\n# file: one/app/a.py\nx = 1\n# file: two/app/__init__.py\n# file: two/main.py\nfrom app.a import x\nshow(x)', 'x:app.a.x'],
    ['a module of Python that a project has deep inside', '# file: app/__init__.py\n# file: app/logging.py\nx = 1\n# file: app/b.py\nimport logging\nshow(logging.info)', 'x:logging.info'],
    ['a module of Python beside a script in a folder', '# file: tools/queue.py\nx = 1\n# file: tools/b.py\nimport queue\nshow(queue.Queue)', 'x:queue.Queue'],
    ['a module of Python that the root has', '# file: queue.py\nx = 1\n# file: b.py\nimport queue\nshow(queue.x)', 'i:builtins.int'],
    ['a relative module named like one of Python', '# file: app/__init__.py\n# file: app/logging.py\nx = 1\n# file: app/b.py\nfrom .logging import x\nshow(x)', 'i:builtins.int'],
    ['a script beside another', '# file: scripts/helper.py\nx = 1\n# file: scripts/run.py\nimport helper\nshow(helper.x)', 'i:builtins.int'],
    ['a package before a module of its name', '# file: a/__init__.py\nx = 1\n# file: a.py\nx = ""\n# file: b.py\nfrom a import x\nshow(x)', 'i:builtins.int'],
    ['a name of the package before a module of that name', '# file: p/__init__.py\na = 1\n# file: p/a.py\n# file: b.py\nfrom p import a\nshow(a)', 'i:builtins.int'],
  ]); // biome-ignore format: one case, one line
});

describe('a name in its scope', () => {
  table([
    ['a parameter hides a global', 'import time\ndef f(time: str):\n    show(time)', 'i:builtins.str'],
    ['a local hides a global', 'import time\ndef f():\n    time = 1\n    show(time)', 'i:builtins.int'],
    ['global means the global', 'import time\ndef f():\n    global time\n    show(time)', 'x:time'],
    ['a name that a function sets as a global', 'def f():\n    global g\n    g = 1\nshow(g)', 'i:builtins.int'],
    ['None that a function replaces', 'import redis\nclient = None\ndef start():\n    global client\n    client = redis.Redis()\ndef f():\n    show(client)', 'i:redis.Redis'],
    ['the values of a mapping', 'class A: ...\nd: dict[str, A]\nshow(d["a"])', 'i:main.py#A~0'],
    ['a nested function sees its outer names', 'def f():\n    x = 1\n    def g():\n        show(x)', 'i:builtins.int'],
    ['a method does not see names of its class', 'x = 1\nclass A:\n    x = ""\n    def f(self):\n        show(x)', 'i:builtins.int'],
    ['the body of a class sees its own names', 'x = 1\nclass A:\n    x = ""\n    show(x)', 'i:builtins.str'],
    ['self in a function inside a method', 'class A:\n    def f(self):\n        def g():\n            show(self)', 'i:main.py#A~0'],
    ['one of two definitions under if', 'if x:\n    def f() -> int: ...\nelse:\n    def f() -> int: ...\nshow(f())', 'i:builtins.int'],
    ['a class under try', 'try:\n    class A:\n        n: int\nexcept E: pass\nshow(A().n)', 'i:builtins.int'],
    ['the target of a loop', 'for open in x:\n    show(open)', 'unknown'],
    ['the target of a comprehension', 'import time\ny = [show(time.sleep) for time in x]', 'unknown'],
    ['a name that is bound to itself', 'x = x\nshow(x)', 'unknown'],
    ['an import and a class of one name', 'import requests\nclass requests: ...\nshow(requests)', 'unknown'],
    ['a parameter with the name of its function', 'def open(open):\n    show(open)', 'unknown'],
    ['a method does not hide a built-in', 'class A:\n    def open(self): ...\n    def f(self):\n        show(open)', 'x:builtins.open'],
    ['a built-in', 'show(open)', 'x:builtins.open'],
    ['a built-in that the project redefines', 'def open(): ...\nshow(open)', 'f:main.py#open~0:false'],
    ['the last of two functions', 'def f() -> int: ...\ndef f() -> str: ...\nshow(f())', 'i:builtins.str'],
    ['two values that differ', 'x = 1\nx = ""\nshow(x)', 'unknown'],
    ['a value or None', 'x = None\nif y:\n    x = 1\nshow(x)', 'i:builtins.int'],
    ['None alone', 'x = None\nshow(x)', 'none'],
    ['a capture of a match', 'match a:\n    case [print, *rest]:\n        show(print)', 'unknown'],
    ['the target of a with in parentheses', 'with (a() as print):\n    show(print)', 'unknown'],
    ['a deleted name', 'x = 1\ndel x\nshow(x)', 'i:builtins.int'],
    ['a walrus', 'if (x := "a"):\n    show(x)', 'i:builtins.str'],
    ['an exception', 'try:\n    a\nexcept ValueError as e:\n    show(e)', 'i:builtins.ValueError'],
    ['names in Hangul', 'class 사용자: ...\n값 = 사용자()\nshow(값)', 'i:main.py#사용자~0'],
    ['methods of a class named in Hangul', 'class 사용자:\n    def 이름(self) -> str: ...\nshow(사용자().이름())', 'i:builtins.str'],
  ]); // biome-ignore format: one case, one line
});

describe('an annotation', () => {
  const parameter = (annotation: string, head = '') => `${head}\ndef f(x: ${annotation}):\n    show(x)`; // biome-ignore format: fits
  table([
    ['a class', parameter('int'), 'i:builtins.int'],
    ['a class of a package', parameter('Session', 'from sqlalchemy.orm import Session'), 'i:sqlalchemy.orm.Session'],
    ['in quotes', parameter('"A"', 'class A: ...'), 'i:main.py#A~0'],
    ['partly in quotes', parameter('list["A"]', 'class A: ...'), 'i:builtins.list[i:main.py#A~0]'],
    ['in quotes that say nothing', parameter('"not valid("'), 'unknown'],
    ['Optional', parameter('Optional[int]', 'from typing import Optional'), 'i:builtins.int'],
    ['Optional in quotes', parameter('"Optional[int]"', 'from typing import Optional'), 'i:builtins.int'],
    ['X | None', parameter('int | None'), 'i:builtins.int'],
    ['None | X', parameter('None | int'), 'i:builtins.int'],
    ['X | Y', parameter('int | str'), 'unknown'],
    ['Union with None', parameter('Union[int, None]', 'from typing import Union'), 'i:builtins.int'],
    ['Annotated', parameter('Annotated[int, 1]', 'from typing import Annotated'), 'i:builtins.int'],
    ['an alias', parameter('Id', 'Id = int'), 'i:builtins.int'],
    ['a type alias (3.12)', parameter('Id', 'type Id = int'), 'i:builtins.int'],
    ['an alias with an annotation', parameter('Id', 'from typing import TypeAlias\nId: TypeAlias = int'), 'i:builtins.int'],
    ['an Annotated alias of another file', `# file: deps.py\nfrom typing import Annotated\nfrom fastapi import Depends\nfrom sqlalchemy.orm import Session\ndef db(): ...\nDb = Annotated[Session, Depends(db)]\n# file: main.py\n${parameter('Db', 'from deps import Db')}`, 'i:sqlalchemy.orm.Session'],
    ['a NewType', parameter('Id', 'from typing import NewType\nId = NewType("Id", int)'), 'i:builtins.int'],
    ['a NewType of another', parameter('Id', 'import typing as t\nKey = t.NewType("Key", int)\nId = t.NewType("Id", Key)'), 'i:builtins.int'],
    ['a TypeAliasType', parameter('Id', 'from typing_extensions import TypeAliasType\nId = TypeAliasType("Id", int)'), 'i:builtins.int'],
    ['an alias that is called', parameter('Id', 'def make(name, of): ...\nId = make("Id", int)'), 'unknown'],
    ['an alias through a module', `# file: deps.py\nId = int | None\n# file: main.py\n${parameter('deps.Id', 'import deps')}`, 'i:builtins.int'],
    ['type[X]', parameter('type[A]', 'class A: ...'), 'c:main.py#A~0'],
    ['Any', parameter('Any', 'from typing import Any'), 'unknown'],
    ['of a variable', 'x: int = f()\nshow(x)', 'i:builtins.int'],
    ['of a variable without a value', 'x: int\nshow(x)', 'i:builtins.int'],
    ['of *args', 'def f(*x: int):\n    show(x)', 'unknown'],
    ['of a result', 'def f() -> int: ...\nshow(f())', 'i:builtins.int'],
    ['of an asynchronous result', 'async def f() -> int: ...\nasync def g():\n    show(f())', 'a:i:builtins.int'],
    ['of an awaited result', 'async def f() -> int: ...\nasync def g():\n    show(await f())', 'i:builtins.int'],
    ['of a result in another file, read there', `${PACKAGE}${A}# file: main.py\nfrom app.a import make\nclass User: ...\nshow(make())`, 'i:app/a.py#User~0'],
    ['of self', 'class A:\n    def f(self):\n        show(self)', 'i:main.py#A~0'],
    ['of cls', 'class A:\n    @classmethod\n    def f(cls):\n        show(cls)', 'c:main.py#A~0'],
    ['of what is not self', 'class A:\n    @staticmethod\n    def f(a):\n        show(a)', 'unknown'],
  ]); // biome-ignore format: one case, one line
});

describe('a call', () => {
  table([
    ['of a class', 'class A: ...\nshow(A())', 'i:main.py#A~0'],
    ['of a class of a package', 'import httpx\nshow(httpx.AsyncClient())', 'i:httpx.AsyncClient'],
    ['of a function that is not annotated', 'def f():\n    return 1\nshow(f())', 'i:builtins.int'],
    ['of functions that are not annotated, 3 deep', 'def f():\n    return 1\ndef g():\n    return f()\ndef h():\n    return g()\nshow(h())', 'i:builtins.int'],
    ['of functions that are not annotated, 4 deep', 'def e():\n    return 1\ndef f():\n    return e()\ndef g():\n    return f()\ndef h():\n    return g()\nshow(h())', 'unknown'],
    ['of a function that returns this or that', 'def f(a):\n    if a:\n        return 1\n    return ""\nshow(f())', 'unknown'],
    ['of a function that returns something or None', 'def f(a):\n    if a:\n        return 1\n    return None\nshow(f())', 'i:builtins.int'],
    ['of a function that calls itself', 'def f(a):\n    return f(a)\nshow(f(1))', 'unknown'],
    ['of functions that call each other', 'def f():\n    return g()\ndef g():\n    return f()\nshow(g())', 'unknown'],
    ['of a method', 'class A:\n    def f(self) -> int: ...\nshow(A().f())', 'i:builtins.int'],
    ['of a method through self', 'class A:\n    def f(self) -> int: ...\n    def g(self):\n        show(self.f())', 'i:builtins.int'],
    ['of a class method', 'class A:\n    @classmethod\n    def make(cls) -> "A": ...\nshow(A.make())', 'i:main.py#A~0'],
    ['of a class method that returns cls()', 'class A:\n    @classmethod\n    def make(cls):\n        return cls()\nshow(A.make())', 'i:main.py#A~0'],
    ['of a static method', 'class A:\n    @staticmethod\n    def make() -> int: ...\nshow(A().make())', 'i:builtins.int'],
    ['of super', 'class B:\n    def f(self) -> int: ...\nclass A(B):\n    def f(self):\n        show(super().f())', 'i:builtins.int'],
    ['of an instance', 'class A:\n    def __call__(self) -> int: ...\na = A()\nshow(a())', 'i:builtins.int'],
    ['of a function with functools.wraps around it', 'import functools\ndef deco(f):\n    @functools.wraps(f)\n    def inner(*a):\n        return f(*a)\n    return inner\n@deco\ndef f() -> int: ...\nshow(f())', 'i:builtins.int'],
    ['chained', 'def q(s):\n    from sqlalchemy.orm import Session\n    db = Session()\n    show(db.query(1).filter(2).all)', 'x:sqlalchemy.orm.Query.all'],
    ['of a lambda', 'f = lambda: 1\nshow(f())', 'unknown'],
    ['typing.cast', 'from typing import cast\nshow(cast(int, x))', 'i:builtins.int'],
    ['a condition', 'show(1 if a else 2)', 'i:builtins.int'],
    ['x or y', 'def f(a: int | None):\n    show(a or 1)', 'i:builtins.int'],
  ]); // biome-ignore format: one case, one line
});

describe('an attribute', () => {
  const REQUESTS = 'import requests\n';
  table([
    ['of self, set in __init__', `${REQUESTS}class A:\n    def __init__(self):\n        self.http = requests.Session()\n    def f(self):\n        show(self.http.get)`, 'x:requests.Session.get'],
    ['of self, set in another method', `${REQUESTS}class A:\n    def start(self):\n        self.http = requests.Session()\n    def f(self):\n        show(self.http.get)`, 'x:requests.Session.get'],
    ['of self, None at first', `${REQUESTS}class A:\n    def __init__(self):\n        self.http = None\n    def start(self):\n        self.http = requests.Session()\n    def f(self):\n        show(self.http.get)`, 'x:requests.Session.get'],
    ['of self, None in the class', `${REQUESTS}class A:\n    http = None\n    def start(self):\n        self.http = requests.Session()\n    def f(self):\n        show(self.http.get)`, 'x:requests.Session.get'],
    ['of self, annotated', 'class A:\n    def __init__(self):\n        self.n: int = x()\n    def f(self):\n        show(self.n)', 'i:builtins.int'],
    ['of self, from a parameter', 'class A:\n    def __init__(self, n: int):\n        self.n = n\n    def f(self):\n        show(self.n)', 'i:builtins.int'],
    ['of self, two things', 'class A:\n    def __init__(self):\n        self.n = 1\n    def g(self):\n        self.n = ""\n    def f(self):\n        show(self.n)', 'unknown'],
    ['of self, of the class', 'class A:\n    n: int\n    def f(self):\n        show(self.n)', 'i:builtins.int'],
    ['of self of another object', 'class B:\n    def __init__(self):\n        self.n = 1\nclass A:\n    def __init__(self):\n        self.b = B()\n    def f(self):\n        show(self.b.n)', 'i:builtins.int'],
    ['of an instance in another file', `# file: a.py\n${REQUESTS}class A:\n    def __init__(self):\n        self.http = requests.Session()\na = A()\n# file: main.py\nfrom a import a\nshow(a.http.get)`, 'x:requests.Session.get'],
    ['of a base class', 'class B:\n    n: int\nclass A(B): ...\nshow(A().n)', 'i:builtins.int'],
    ['of self of a base class', 'class B:\n    def __init__(self):\n        self.n = 1\nclass A(B):\n    def f(self):\n        show(self.n)', 'i:builtins.int'],
    ['of a base class in another file', '# file: b.py\nclass B:\n    def f(self) -> int: ...\n# file: main.py\nfrom b import B\nclass A(B): ...\nshow(A().f())', 'i:builtins.int'],
    ['of a base class of a package', 'from httpx import AsyncClient\nclass A(AsyncClient): ...\nshow(A().get)', 'x:httpx.AsyncClient.get'],
    ['of a base class of a base class of a package', '# file: b.py\nfrom httpx import AsyncClient\nclass B(AsyncClient): ...\n# file: main.py\nfrom b import B\nclass A(B): ...\nshow(A().get)', 'x:httpx.AsyncClient.get'],
    ['overridden', 'class B:\n    def f(self) -> int: ...\nclass A(B):\n    def f(self) -> str: ...\nshow(A().f())', 'i:builtins.str'],
    ['of a generic base class', 'class B[T]:\n    def f(self) -> int: ...\nclass A(B[str]): ...\nshow(A().f())', 'i:builtins.int'],
    ['a property', 'class A:\n    @property\n    def n(self) -> int: ...\nshow(A().n)', 'i:builtins.int'],
    ['a property with a setter', 'class A:\n    @property\n    def n(self) -> int: ...\n    @n.setter\n    def n(self, v): ...\nshow(A().n)', 'i:builtins.int'],
    ['a cached property that is not annotated', 'from functools import cached_property\nclass A:\n    @cached_property\n    def n(self):\n        return 1\nshow(A().n)', 'i:builtins.int'],
    ['a method, bound', 'class A:\n    def f(self): ...\nshow(A().f)', 'f:main.py#A~0/f~0:true'],
    ['a method of the class, not bound', 'class A:\n    def f(self): ...\nshow(A.f)', 'f:main.py#A~0/f~0:false'],
    ['a class in a class', 'class A:\n    class B:\n        n: int\nshow(A.B().n)', 'i:builtins.int'],
    ['a class in a function', 'def f():\n    class A:\n        n: int\n        def g(self):\n            show(self.n)', 'i:builtins.int'],
    ['of classes that are their own bases', 'class A(B): ...\nclass B(A): ...\nshow(A().n)', 'unknown'],
    ['of nothing', 'show(unknown_thing.a.b)', 'x:builtins.unknown_thing.a.b'],
  ]); // biome-ignore format: one case, one line
});

describe('what with gives', () => {
  table([
    ['an object that is its own context', 'import httpx\nwith httpx.Client() as c:\n    show(c.get)', 'x:httpx.Client.get'],
    ['an asynchronous one', 'import httpx\nasync def f():\n    async with httpx.AsyncClient() as c:\n        show(c.get)', 'x:httpx.AsyncClient.get'],
    ['several', 'import httpx\nwith open("a") as a, httpx.Client() as c:\n    show(c.get)', 'x:httpx.Client.get'],
    ['in parentheses', 'import httpx\nwith (\n    httpx.Client() as c,\n):\n    show(c.get)', 'x:httpx.Client.get'],
    ['an object with __enter__', 'class A:\n    def __enter__(self) -> int: ...\nwith A() as a:\n    show(a)', 'i:builtins.int'],
    ['an object whose __enter__ returns self', 'class A:\n    def __enter__(self):\n        return self\nwith A() as a:\n    show(a)', 'i:main.py#A~0'],
    ['an object with __aenter__', 'class A:\n    async def __aenter__(self) -> int: ...\nasync def f():\n    async with A() as a:\n        show(a)', 'i:builtins.int'],
    ['a generator with contextmanager', 'from contextlib import contextmanager\n@contextmanager\ndef m():\n    yield 1\nwith m() as a:\n    show(a)', 'i:builtins.int'],
    ['a generator with contextmanager, annotated', 'from contextlib import contextmanager\nfrom typing import Iterator\n@contextmanager\ndef m() -> Iterator[int]:\n    yield x()\nwith m() as a:\n    show(a)', 'i:builtins.int'],
    ['an asynchronous generator with asynccontextmanager', 'from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def m():\n    yield 1\nasync def f():\n    async with m() as a:\n        show(a)', 'i:builtins.int'],
    ['a session of a factory', 'from sqlalchemy.orm import sessionmaker\nLocal = sessionmaker()\nwith Local() as db:\n    show(db.query)', 'x:sqlalchemy.orm.Session.query'],
    ['a session of an asynchronous factory', 'from sqlalchemy.ext.asyncio import async_sessionmaker\nLocal = async_sessionmaker()\nasync def f():\n    async with Local() as db:\n        show(db.execute)', 'x:sqlalchemy.ext.asyncio.AsyncSession.execute'],
  ]); // biome-ignore format: one case, one line
});

describe('what a loop gives', () => {
  const LIST = 'class A: ...\nxs: list[A] = []\n';
  table([
    ['over a list', `${LIST}for x in xs:\n    show(x)`, 'i:main.py#A~0'],
    ['over a list of another file', `# file: a.py\n${LIST}# file: main.py\nfrom a import xs\nfor x in xs:\n    show(x)`, 'i:a.py#A~0'],
    ['over List[X]', 'from typing import List\ndef f(xs: List[int]):\n    for x in xs:\n        show(x)', 'i:builtins.int'],
    ['over a list as written', 'for x in [1, 2]:\n    show(x)', 'i:builtins.int'],
    ['over a tuple of different things', 'for x in (1, ""):\n    show(x)', 'unknown'],
    ['over tuple[X, ...]', 'def f(xs: tuple[int, ...]):\n    for x in xs:\n        show(x)', 'i:builtins.int'],
    ['over what a function returns', 'def g() -> list[int]: ...\nfor x in g():\n    show(x)', 'i:builtins.int'],
    ['over a generator', 'def g():\n    yield 1\nfor x in g():\n    show(x)', 'i:builtins.int'],
    ['over an asynchronous generator', 'async def g():\n    yield 1\nasync def f():\n    async for x in g():\n        show(x)', 'i:builtins.int'],
    ['over enumerate', `${LIST}for i, x in enumerate(xs):\n    show(x)`, 'i:main.py#A~0'],
    ['over zip', `${LIST}for x, y in zip([1], xs):\n    show(y)`, 'i:main.py#A~0'],
    ['in a comprehension', `${LIST}y = [show(x) for x in xs]`, 'i:main.py#A~0'],
    ['of a comprehension', `${LIST}for y in [x for x in xs]:\n    show(y)`, 'i:main.py#A~0'],
    ['over a slice', `${LIST}for x in xs[1:]:\n    show(x)`, 'i:main.py#A~0'],
    ['an item by its index', `${LIST}show(xs[0])`, 'i:main.py#A~0'],
    ['over an unknown', 'for x in y:\n    show(x)', 'unknown'],
    ['an unpacked pair', 'a, b = 1, ""\nshow(b)', 'i:builtins.str'],
    ['an unpacked pair in a pair', '(a, (b, c)) = 1, ("", 2.0)\nshow(c)', 'i:builtins.float'],
    ['a starred target', 'a, *b = 1, 2\nshow(b)', 'unknown'],
  ]); // biome-ignore format: one case, one line
});

describe('a dependency', () => {
  const HEAD = 'from fastapi import Depends\nfrom sqlalchemy.orm import Session\n';
  table([
    ['gives what its function returns', `${HEAD}def get() -> Session: ...\ndef f(db=Depends(get)):\n    show(db)`, 'i:sqlalchemy.orm.Session'],
    ['gives what its generator yields', `${HEAD}def get():\n    db = Session()\n    yield db\ndef f(db=Depends(get)):\n    show(db)`, 'i:sqlalchemy.orm.Session'],
    ['gives what its asynchronous generator yields', `${HEAD}async def get():\n    async with Session() as db:\n        yield db\ndef f(db=Depends(get)):\n    show(db)`, 'i:sqlalchemy.orm.Session'],
    ['gives the instance of a class', `${HEAD}class A: ...\ndef f(a=Depends(A)):\n    show(a)`, 'i:main.py#A~0'],
    ['of another file', `# file: deps.py\n${HEAD}def get() -> Session: ...\n# file: main.py\n${HEAD}from deps import get\ndef f(db=Depends(get)):\n    show(db)`, 'i:sqlalchemy.orm.Session'],
    ['with an annotation that says more', `${HEAD}def get(): ...\ndef f(db: Session = Depends(get)):\n    show(db)`, 'i:sqlalchemy.orm.Session'],
  ]); // biome-ignore format: one case, one line
});

/** Wrong answers that are known: such a test fails when the answer becomes right, and then it moves up. */
describe('what is missing, hidden or said by Self', () => {
  test.each([
    ['an import relative to nowhere', '# file: app/b.py\nfrom ...zzz import user\nshow(user)', 'unknown'],
    ['an import of a name that a file does not have', `${PACKAGE}${A}# file: main.py\nfrom app.a import missing\nshow(missing)`, 'unknown'],
    ['an import that goes around in a circle', '# file: a.py\nfrom b import x\n# file: b.py\nfrom a import x\nshow(x)', 'unknown'],
    ['a star brings no names with an underscore', '# file: a.py\n_x = 1\n# file: main.py\nfrom a import *\nshow(_x)', 'x:builtins._x'],
    ['a star brings only what __all__ says', '# file: a.py\n__all__ = ["y"]\nx = y = 1\n# file: main.py\nfrom a import *\nshow(x)', 'x:builtins.x'],
    ['the annotation of a result is read outside of the function', 'from datetime import date\ndef f(date: date) -> date: ...\nshow(f())', 'i:datetime.date'],
    ['Self', 'from typing import Self\nclass A:\n    def f(self) -> Self: ...\nshow(A().f())', 'i:main.py#A~0'],
    ['Self of a class method that is inherited', 'from typing import Self\nclass A:\n    @classmethod\n    def make(cls) -> Self: ...\nclass B(A): ...\nshow(B.make())', 'i:main.py#B~0'],
    ['Self of a method that is inherited', 'from typing import Self\nclass A:\n    def f(self) -> Self: ...\nclass B(A): ...\nshow(B().f().f())', 'i:main.py#B~0'],
    ['Self through super', 'from typing import Self\nclass A:\n    def f(self) -> Self: ...\nclass B(A):\n    def g(self):\n        show(super().f())', 'i:main.py#A~0'],
  ])('%s', (_, source, expected) => expect(meaningOf(source)).toBe(expected)); // biome-ignore format: one case, one line
});

describe('known to be wrong', () => {
  test.fails.each([
    ['a parameter of a lambda hides a global', 'import time\nf = lambda time: show(time.sleep)', 'unknown'],
    ['the target of a comprehension is gone after it', 'import time\ndef f():\n    y = [time for time in x]\n    show(time.sleep)', 'x:time.sleep'],
    ['a star of another package may hide a built-in', 'from a import *\nshow(open)', 'unknown'],
    ['attributes set side by side', 'class A:\n    def __init__(self):\n        self.x, self.y = 1, ""\n    def f(self):\n        show(self.y)', 'i:builtins.str'],
  ])('%s', (_, source, expected) => expect(meaningOf(source)).toBe(expected)); // biome-ignore format: one case, one line
});

test('thousands of classes, each the base of the next, end', () => {
  const classes = Array.from({ length: 5_000 }, (_, i) => `class A${i + 1}(A${i}): ...\n`);
  expect(meaningOf(`class A0: ...\n${classes.join('')}show(A5000().f)`)).toBe('unknown');
});

test('chains of thousands of names end', () => {
  const names = Array.from({ length: 3_000 }, (_, i) => `a${i + 1} = a${i}\n`).join('');
  expect(meaningOf(`a0 = 1\n${names}show(a3000)`)).toBe('unknown');
  const functions = Array.from({ length: 300 }, (_, i) => `def f${i + 1}():\n    return f${i}()\n`);
  expect(meaningOf(`def f0(): return 1\n${functions.join('')}show(f300())`)).toBe('unknown');
});
