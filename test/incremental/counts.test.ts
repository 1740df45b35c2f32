/** What an edit makes the analysis look at again, counted: an edit in a body stays in that body. */
import { describe, expect, test } from 'vitest';
import { wasmParser } from '../support/parser.ts';
import { diagnoseAll, type Files, openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();

const DB = `from sqlalchemy.orm import Session, sessionmaker

Local = sessionmaker()


def get_db() -> Session:
    db = Local()
    return db


def unrelated():
    return 1
`;
const ROUTES = `import time
from fastapi import APIRouter, Depends

from app.db import get_db

router = APIRouter()


@router.get("/a")
async def a(db=Depends(get_db)):
    time.sleep(1)
    for x in db.query(1).all():
        db.query(x).all()


@router.get("/b")
async def b():
    time.sleep(2)
    return helper()


def helper():
    return 1


class Service:
    name = "x"

    def one(self):
        return self.two()

    def two(self):
        return 2
`;
const OTHER = `import time


async def c():
    time.sleep(3)


def d(x: int) -> int:
    return x
`;
const FILES: Files = {
  'app/__init__.py': '',
  'app/db.py': DB,
  'app/routes.py': ROUTES,
  'app/other.py': OTHER,
};

/** The queries whose number is the cost of an edit; the others put a file's answer together or follow from these. */
const WATCHED = [
  'lowered',
  'definitions',
  'bindings',
  'module scope',
  'class scope',
  'name',
  'module',
  'findings',
] as const;
type Watched = (typeof WATCHED)[number];
type Counts = Partial<Record<Watched, number>>;

interface Cost {
  readonly watched: Counts;
  readonly total: number;
}

/** What is computed, after everything was once, for a project with these other texts. */
function costOf(changes: Files): Cost {
  const workspace = openWorkspace(parser, FILES);
  diagnoseAll(workspace);
  workspace.db.resetCounts();
  for (const [path, text] of Object.entries(changes)) workspace.setText(pathOf(path), text);
  diagnoseAll(workspace);
  const counts = workspace.db.counts();
  const watched: Counts = {};
  for (const query of WATCHED) {
    const count = counts.get(query);
    if (count !== undefined) watched[query] = count;
  }
  return { watched, total: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

function changed(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

/** One definition and what the rules say about it. */
const ONE: Counts = { lowered: 1, definitions: 1, bindings: 1, findings: 1 };

test('the first run computes each block once', () => {
  const { watched, total } = costOf({});
  expect([watched, total]).toEqual([{}, 0]);
  const workspace = openWorkspace(parser, FILES);
  diagnoseAll(workspace);
  const blocks = 18;
  expect(workspace.db.counts().get('lowered')).toBe(blocks);
  expect(workspace.db.counts().get('findings')).toBe(blocks);
});

describe('an edit', () => {
  test.each<[string, Files, Counts]>([
    ['that changes nothing', { 'app/routes.py': ROUTES }, {}],
    [
      'in the body of a path operation',
      { 'app/routes.py': changed(ROUTES, 'time.sleep(1)', 'time.sleep(10)') },
      ONE,
    ],
    [
      'in the body of a function',
      { 'app/other.py': changed(OTHER, 'return x', 'y = x\n    return y') },
      ONE,
    ],
    [
      'in the body of a function that is called, with the same result',
      { 'app/routes.py': changed(ROUTES, 'return 1', 'y = 2\n    return 1') },
      ONE,
    ],
    ['in the body of a method', { 'app/routes.py': changed(ROUTES, 'return 2', 'return 3') }, ONE],
    [
      'in the body of a function of a file that is imported',
      { 'app/db.py': changed(DB, 'return 1', 'return 2') },
      ONE,
    ],
    ['above everything', { 'app/routes.py': `# a comment\n\n${ROUTES}` }, {}],
    [
      'between two functions',
      { 'app/routes.py': changed(ROUTES, '\n\ndef helper', '\n# note\n\n\n\ndef helper') },
      {},
    ],
    [
      'of a signature that nobody uses',
      { 'app/routes.py': changed(ROUTES, 'async def b()', 'async def b(q: int)') },
      ONE,
    ],
    [
      'of a signature that one function uses',
      { 'app/routes.py': changed(ROUTES, 'def helper()', 'def helper(q=1)') },
      { ...ONE, findings: 2 },
    ],
    [
      'of the result of a function that another file uses',
      { 'app/db.py': changed(DB, '-> Session', '-> int') },
      { ...ONE, findings: 2 },
    ],
    [
      'that adds a function to a file that is imported: its names are looked up again, its users stay',
      { 'app/db.py': `${DB}\n\ndef more():\n    return 1\n` },
      { ...ONE, 'module scope': 1, name: 4 },
    ],
    [
      'that adds a file: what imports mean is asked again, and stays',
      { 'app/new.py': 'x = 1\n' },
      { ...ONE, 'module scope': 1, module: 5 },
    ],
  ])('%s', (_, files, expected) => {
    const { watched, total } = costOf(files);
    expect(watched).toEqual(expected);
    // All of a first run is more than 100.
    expect(total).toBeLessThan(30);
  });

  test.each([
    [10, 1_000],
    // From some length on, what blocks say is remembered for each of them.
    [2_000, 4_000],
  ])('in a body takes as much in a file of %i functions as of %i', (few, more) => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => `def f${i}(a):\n    return g(a, ${i})\n`).join('\n');
    const costs = [few, more].map((count) => {
      const workspace = openWorkspace(parser, { 'main.py': many(count) });
      diagnoseAll(workspace);
      workspace.db.resetCounts();
      workspace.setText(pathOf('main.py'), many(count).replace('g(a, 5)', 'g(a, 55)'));
      diagnoseAll(workspace);
      return Object.fromEntries(workspace.db.counts());
    });
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[1]).toMatchObject(ONE);
  });

  test('in the body of a function whose result another file uses is not seen there', () => {
    const { watched } = costOf({ 'app/db.py': changed(DB, 'db = Local()', 'db = Local(1)') });
    expect(watched).toEqual(ONE);
  });
});

describe('an edit of a helper that is called on the event loop', () => {
  const helper = (body: string) => `import requests\n\n\ndef load(url):\n    ${body}\n`;
  const project = (body: string): Files => ({
    'app/__init__.py': '',
    'app/helpers.py': helper(body),
    'app/between.py': 'from app.helpers import load\n\n\ndef first(url):\n    return load(url)\n',
    'app/main.py':
      'from app.between import first\n\n\nasync def one():\n    first("a")\n\n\nasync def two():\n    print("b")\n',
  });
  const edited = (from: string, to: string) => {
    const workspace = openWorkspace(parser, project(from));
    diagnoseAll(workspace);
    workspace.db.resetCounts();
    workspace.setText(pathOf('app/helpers.py'), helper(to));
    const found = diagnoseAll(workspace);
    return {
      findings: workspace.db.counts().get('findings'),
      chains: Object.values(found)
        .flat()
        .filter(({ rule }) => rule === 'async/blocking-chain').length,
    };
  };

  test('so that it starts to block is seen by its asynchronous callers, two files away', () => {
    // The helper itself, and `one`.
    expect(edited('return url', 'return requests.get(url)')).toEqual({ findings: 2, chains: 1 });
    expect(edited('return requests.get(url)', 'return url')).toEqual({ findings: 2, chains: 0 });
  });

  test('that changes nothing of what it does touches no caller', () => {
    expect(edited('return requests.get(url)', 'return requests.get(url + "?")')).toEqual({
      findings: 1,
      chains: 1,
    });
    expect(edited('return url', 'return url + "?"')).toEqual({ findings: 1, chains: 0 });
  });
});

describe('an edit of what start-up and a route share', () => {
  const main = (body: string, route: string) => `from contextlib import asynccontextmanager
from fastapi import FastAPI
from app.helpers import prepare


@asynccontextmanager
async def lifespan(app: FastAPI):
    ${body}
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def root():
    ${route}
`;
  const helpers = 'import time\n\n\nasync def prepare():\n    time.sleep(1)\n';
  const open = () => {
    const workspace = openWorkspace(parser, {
      'app/__init__.py': '',
      'app/helpers.py': helpers,
      'app/main.py': main('await prepare()', 'return 1'),
    });
    const level = () =>
      diagnoseAll(workspace)
        [pathOf('app/helpers.py')]?.filter(({ rule }) => rule === 'async/blocking-sleep')
        .map((finding) => finding.level);
    const edit = (file: string, text: string) => {
      workspace.db.resetCounts();
      workspace.setText(pathOf(file), text);
      const found = level();
      const counts = workspace.db.counts();
      const of = (query: string) => counts.get(query) ?? 0;
      return {
        found,
        edges: of('runs in'),
        startup: of('only at startup'),
        findings: of('findings'),
      };
    };
    return { level, edit };
  };

  test('that changes nothing of who runs whom asks nobody again', () => {
    const { level, edit } = open();
    expect(level()).toEqual(['hint']);
    // The route does not say its name: what it runs is nobody's question.
    const edited = edit('app/main.py', main('await prepare()', 'return 2'));
    expect(edited).toEqual({ found: ['hint'], edges: 0, startup: 0, findings: 1 });
    // A call that moves in its own block: of the graph only that block is read again.
    const moved = edit('app/main.py', main('x = 1\n    await prepare()', 'return 2'));
    expect(moved).toEqual({ found: ['hint'], edges: 1, startup: 0, findings: 1 });
  });

  test('that adds or takes away a caller reaches what it runs', () => {
    const { level, edit } = open();
    expect(level()).toEqual(['hint']);
    const added = edit('app/main.py', main('await prepare()', 'await prepare()'));
    expect(added).toMatchObject({ found: ['error'], startup: 1, findings: 2 });
    const gone = edit('app/main.py', main('await prepare()', 'return 1'));
    expect(gone).toMatchObject({ found: ['hint'], startup: 1, findings: 2 });
  });
});

test('a file that goes takes nothing else with it', () => {
  const workspace = openWorkspace(parser, FILES);
  diagnoseAll(workspace);
  workspace.db.resetCounts();
  workspace.removeFile(pathOf('app/other.py'));
  diagnoseAll(workspace);
  const counts = workspace.db.counts();
  expect(WATCHED.filter((query) => counts.has(query))).toEqual(['module']);
});
