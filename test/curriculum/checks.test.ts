// Checks while typing: what the project model says of an exercise's folder.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../server/src/curriculum/checks.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { wasmParser } from '../support/parser.ts';
import { type Files, openWorkspace, pathOf } from '../support/workspace.ts';

let parser: Parser;
beforeAll(async () => {
  parser = await wasmParser();
});

/** Why each check fails, or `true`, of a project in `ex/`. */
function results(files: Files, checks: readonly Check[]): readonly (string | true)[] {
  const inFolder = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`ex/${path}`, text]),
  );
  const workspace = openWorkspace(parser, inFolder);
  return workspace
    .checkExercise(pathOf('ex'), checks)
    .map(({ holds, why }) => (holds ? true : (why?.en ?? '?')));
}

const quotes: Files = {
  'app/__init__.py': '',
  'app/vendor.py': 'import time\n\n\ndef latest() -> float:\n    time.sleep(1)\n    return 1.0\n',
  'app/main.py': `
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from app import vendor

app = FastAPI()


class Quote(BaseModel):
    rate: float


async def checked() -> None:
    vendor.latest()


async def deep() -> float:
    return vendor.latest()


@app.get("/blocks")
async def blocks() -> Quote:
    return Quote(rate=await deep())


@app.get("/thread")
def thread() -> Quote:
    return Quote(rate=vendor.latest())


@app.get("/offloads", response_model=list[Quote])
async def offloads():
    return [Quote(rate=await run_in_threadpool(vendor.latest))]


@app.get("/depends", dependencies=[Depends(checked)])
async def depends():
    return 1
`,
};

describe('a route', () => {
  test('blocks through whatever it awaits, and through its dependencies', () => {
    const said = results(quotes, [
      { route: 'GET /blocks', blocks: false },
      { route: 'GET /thread', blocks: false },
      { route: 'GET /offloads', blocks: false },
      { route: 'GET /depends', blocks: false },
    ]);
    expect(said).toEqual([
      'The event loop stops: `blocks → deep → latest → time.sleep`',
      true,
      true,
      'The event loop stops: `checked → latest → time.sleep`',
    ]);
  });

  test('answers with a model', () => {
    const said = results(quotes, [
      { route: 'GET /blocks', responseModel: 'Quote' },
      { route: 'GET /offloads', responseModel: 'list[Quote]' },
      { route: 'GET /offloads', responseModel: 'Quote' },
      { route: 'GET /depends', responseModel: 'Quote' },
    ]);
    expect(said).toEqual([
      true,
      true,
      'GET /offloads answers with list[Quote]; Quote is wanted.',
      'GET /depends says no response model; Quote is wanted.',
    ]);
  });

  test('is there, with its method', () => {
    const said = results(quotes, [{ route: 'GET /blocks' }, { route: 'POST /blocks' }]);
    expect(said).toEqual([true, 'No application serves POST /blocks.']);
  });

  test('says where to look', () => {
    const workspace = openWorkspace(parser, quotes);
    const [result] = workspace.checkExercise(pathOf('').slice(0, -1), [
      { route: 'GET /blocks', blocks: false },
    ]);
    expect(result?.at?.path).toBe(pathOf('app/main.py'));
    const line = quotes['app/main.py']?.split('\n')[result?.at?.range.start.line ?? 0];
    expect(line).toContain('await deep()');
  });
});

const feed: Files = {
  'app/__init__.py': 'from app.services import load_feed\n',
  'app/services.py': `
from sqlalchemy import select
from sqlalchemy.orm import Session


class Post: ...


def one(session: Session, key: int) -> object:
    return session.execute(select(Post).where(Post.id == key)).scalar_one()


def load_feed(session: Session, keys: list[int]) -> list[object]:
    return [one(session, key) for key in keys]


def load_all(session: Session, keys: list[int]) -> list[object]:
    return list(session.execute(select(Post).where(Post.id.in_(keys))).scalars())


def page(session: Session, keys: list[int]) -> list[object]:
    return load_feed(session, keys)


class Posts:
    async def all(self) -> list[object]:
        return []
`,
};

describe('a function', () => {
  test('sends queries in a loop, itself or below it', () => {
    const said = results(feed, [
      { function: 'app.services:load_feed', queriesInLoop: false },
      { function: 'app.services:page', queriesInLoop: false },
      { function: 'app.services:load_all', queriesInLoop: false },
    ]);
    const repeats = '`load_feed` sends a query for each item of a loop.';
    expect(said).toEqual([repeats, repeats, true]);
  });

  test('is found where it is re-exported, and in its class', () => {
    const said = results(feed, [
      { function: 'app:load_feed' },
      { function: 'app.services:Posts.all', isAsync: true },
      { function: 'app.services:page', isAsync: true },
      { function: 'app.services:nowhere' },
      { function: 'app.nowhere:page' },
    ]);
    expect(said).toEqual([
      true,
      true,
      '`page` is a plain `def`.',
      'There is no app.services:nowhere.',
      'There is no app.nowhere:page.',
    ]);
  });

  test('holds up the loop', () => {
    const said = results(quotes, [
      { function: 'app.vendor:latest', blocks: false },
      { function: 'app.main:offloads', blocks: false },
    ]);
    expect(said).toEqual(['The event loop stops: `latest → time.sleep`', true]);
  });
});

describe('a dependency', () => {
  const dependency = (body: string): Files => ({
    'app/__init__.py': '',
    'app/db.py': `
from sqlalchemy.orm import Session


def get_session():
${body}
`,
    'app/main.py': `
from fastapi import Depends, FastAPI

from app.db import get_session

app = FastAPI()


@app.get("/")
def root(session=Depends(get_session)) -> int:
    return 1
`,
  });
  const check: Check = { dependency: 'app.db:get_session', releasesOnError: true };
  const left = 'What it opens stays open when the route raises.';

  test.each([
    ['nothing closes', '    yield Session()', left],
    ['closed after success only', '    s = Session()\n    yield s\n    s.close()', left],
    ['with', '    with Session() as s:\n        yield s', true],
    [
      'finally',
      '    s = Session()\n    try:\n        yield s\n    finally:\n        s.close()',
      true,
    ],
    [
      'except and else',
      '    s = Session()\n    try:\n        yield s\n    except Exception:\n        s.close()\n        raise\n    else:\n        s.close()',
      true,
    ],
    [
      'returns',
      '    return Session()',
      'app.db:get_session is no dependency with `yield`, or nothing depends on it.',
    ],
  ])('%s', (_, body, said) => {
    expect(results(dependency(body), [check])).toEqual([said]);
  });
});

describe('a rule', () => {
  const files: Files = {
    'app/__init__.py': '',
    'app/a.py': 'import time\n\n\nasync def a():\n    time.sleep(1)\n',
    'app/b.py':
      'import time\n\n\nasync def b():\n    time.sleep(1)  # mentor: ignore[async/blocking-sleep]\n',
    'app/c.py': 'import time\n\n\ndef c():\n    time.sleep(1)\n',
    'tests/test_a.py': 'import time\n\n\nasync def test_a():\n    time.sleep(1)\n',
  };
  const rule = 'async/blocking-sleep';

  test('is silent when nothing is left, and a comment does not make it so', () => {
    const said = results(files, [
      { rule, is: 'silent' },
      { rule, is: 'silent', in: 'app/a.py' },
      { rule, is: 'silent', in: 'app/b.py' },
      { rule, is: 'silent', in: 'app/c.py' },
      { rule: 'async/blocking-http', is: 'silent' },
    ]);
    expect(said).toEqual([
      '2 are left; this is the first.',
      'One is left.',
      'One is left.',
      true,
      true,
    ]);
  });
});

test('an edit is seen', () => {
  const workspace = openWorkspace(parser, quotes);
  const check: Check = { route: 'GET /blocks', blocks: false };
  const holds = () => workspace.checkExercise(pathOf('').slice(0, -1), [check])[0]?.holds;
  expect(holds()).toBe(false);
  const text = quotes['app/main.py'] ?? '';
  const mended = text.replace(
    'return vendor.latest()',
    'return await run_in_threadpool(vendor.latest)',
  );
  workspace.setText(pathOf('app/main.py'), mended);
  expect(holds()).toBe(true);
  workspace.setText(pathOf('app/main.py'), text);
  expect(holds()).toBe(false);
});
