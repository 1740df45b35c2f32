import { expect, test } from 'vitest';
import { wasmParser } from '../../../../test/support/parser.ts';
import { openWorkspace, pathOf } from '../../../../test/support/workspace.ts';

const parser = await wasmParser();

/** What reaches the first line that has a mark, and how. */
function reaching(text: string) {
  const workspace = openWorkspace(parser, { 'app/__init__.py': '', 'app/main.py': text });
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes('# here'));
  workspace.diagnose(pathOf('app/main.py'));
  const found = workspace.whyHere(pathOf('app/main.py'), { line, character: 4 });
  return {
    ways: found?.ways.map(({ kind, title, where, isDependency, hops }) =>
      [
        where,
        title || kind,
        ...(isDependency ? ['dependency'] : []),
        ...hops.map((hop) => hop.name),
      ].join(' '),
    ),
    isOpen: found?.isOpen,
  };
}

const HEAD = `import asyncio
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.middleware.base import BaseHTTPMiddleware

`;
const APP = '\napp = FastAPI()\n\n';

test.each<[string, string, readonly string[], boolean?]>([
  [
    'an asynchronous and a plain dependency, and what depends on a dependency',
    `def helper():
    pass  # here

async def deep():
    helper()

def thread():
    helper()

async def user(one=Depends(deep)):
    pass
${APP}
@app.get("/a")
async def a(user: Annotated[None, Depends(user)]):
    pass

@app.get("/b", dependencies=[Depends(thread)])
async def b():
    pass
`,
    ['loop GET /a dependency deep helper', 'thread GET /b dependency thread helper'],
  ],
  [
    'a class as a dependency, and an object that is called',
    `def helper():
    pass  # here

class Service:
    def __init__(self):
        helper()

class Check:
    async def __call__(self):
        helper()
${APP}
@app.get("/a")
async def a(service: Annotated[Service, Depends()], check=Depends(Check())):
    pass
`,
    ['loop GET /a dependency Check.__call__ helper', 'thread GET /a dependency Service helper'],
  ],
  [
    'what is handed to a thread, a task or the response',
    `def helper():
    pass  # here

async def task():
    helper()
${APP}
@app.get("/a")
async def a():
    await run_in_threadpool(helper)

@app.get("/b")
async def b(tasks: BackgroundTasks):
    tasks.add_task(helper)

@app.get("/c")
async def c():
    asyncio.create_task(task())

@app.get("/d")
async def d(tasks: BackgroundTasks):
    tasks.add_task(task)
`,
    [
      'loop GET /c c task helper',
      'loop GET /d d task helper',
      'thread GET /a a helper',
      'thread GET /b b helper',
    ],
  ],
  [
    'generators that are streamed: plain ones in the thread pool',
    `def helper():
    pass  # here

def plain():
    yield helper()

async def asynchronous():
    yield helper()
${APP}
@app.get("/a")
async def a():
    return StreamingResponse(plain())

@app.get("/b")
def b():
    return StreamingResponse(asynchronous())
`,
    ['loop GET /b b asynchronous helper', 'thread GET /a a plain helper'],
  ],
  [
    'middleware, exception handlers, start-up and websockets',
    `def helper():
    pass  # here
${APP}
@app.middleware("http")
async def timing(request: Request, call_next):
    helper()

@app.exception_handler(ValueError)
async def failed(request: Request, error: ValueError):
    helper()

@asynccontextmanager
async def lifespan(app: FastAPI):
    helper()
    yield

@app.websocket("/ws")
async def ws(websocket):
    helper()

class Logs(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        helper()
`,
    [
      'loop WS /ws ws helper',
      'loop middleware timing helper',
      'loop exception handler failed helper',
      'loop startup lifespan helper',
    ],
  ],
  [
    'recursion, and a function that is kept somewhere',
    `def helper(depth):
    if depth:
        again(depth - 1)  # here

def again(depth):
    helper(depth)

HANDLERS = {"a": again}
${APP}
@app.get("/a")
def a():
    helper(2)
`,
    ['thread GET /a a helper'],
    true,
  ],
  ['nobody', `async def helper():\n    pass  # here\n${APP}`, []],
])('%s', (_, text, ways, isOpen = false) => {
  expect(reaching(HEAD + text)).toEqual({ ways, isOpen });
});
