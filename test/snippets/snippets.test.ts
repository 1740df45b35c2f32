import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { diagnoseAll, openWorkspace } from '../support/workspace.ts';
import cases from './cases.json' with { type: 'json' };
import { expand } from './expand.ts';

interface Snippet {
  readonly scope: string;
  readonly prefix: readonly string[];
  readonly description: string;
  readonly isFileTemplate?: boolean;
  readonly body: readonly string[];
}

type Content = string | readonly string[];

interface Case {
  /** Where the expanded snippet goes. */
  readonly file: string;
  /** Files that several cases have in common. */
  readonly project?: string;
  /** What stands around it; without this the snippet is the file. */
  readonly in?: readonly string[];
  /** Other files: lines, or the snippet that gives them. */
  readonly files?: Readonly<Record<string, Content>>;
  readonly requests?: readonly object[];
  /** How many tests it has, where it is one. */
  readonly pytest?: number;
}

const file = path.resolve(import.meta.dirname, '../../snippets/fastapi.code-snippets');
const snippets: Readonly<Record<string, Snippet>> = JSON.parse(readFileSync(file, 'utf8'));
const byPrefix = new Map(Object.values(snippets).map((each) => [each.prefix[0] ?? '', each]));
const given: Readonly<Record<string, Case>> = cases.cases;
const projects: Readonly<Record<string, Readonly<Record<string, Content>>>> = cases.projects;
const names = Object.keys(given);

function textOf(name: string): string {
  const snippet = byPrefix.get(name);
  if (snippet === undefined) throw new Error(`no snippet ${name}`);
  return expand(snippet.body.join('\n'));
}

/** The project that a case is: every file of it. */
function filesOf(name: string): Record<string, string> {
  const one = given[name];
  if (one === undefined) throw new Error(`no case ${name}`);
  const others: Readonly<Record<string, Content>> = {
    ...(one.project === undefined ? {} : projects[one.project]),
    ...one.files,
  };
  const write = (content: Content) =>
    typeof content === 'string' ? textOf(content) : `${content.join('\n')}\n`;
  const own = textOf(name);
  return {
    'app/__init__.py': '',
    ...Object.fromEntries(Object.entries(others).map(([at, content]) => [at, write(content)])),
    [one.file]: one.in === undefined ? own : write(one.in).replace('<snippet>\n', () => own),
  };
}

test('every snippet has a case, and 20 to 28 there are', () => {
  expect([...byPrefix.keys()]).toEqual(names);
  expect(names.length).toBeGreaterThanOrEqual(20);
  expect(names.length).toBeLessThanOrEqual(28);
});

test.for([
  ['a $1${2:b}${3|c,d|}$0 \\$ {x}', 'a bc $ {x}'],
  ['${1:f(${2:x})} ${2} $1', 'f(x) x f(x)'],
  ['$1 ${1:later} ${1:again}', 'later later later'],
  ['{${1:{"k": 1\\}}}\t', '{{"k": 1}}    '],
  ['${1|a\\,b,c|}', 'a,b'],
] as const)('%s expands to %s', ([body, text]) => {
  expect(expand(body)).toBe(text);
});

test.for(['$TM_FILENAME', '${1/a/b/}', '${1:open', 'x ${1:a}} ${'])('%s is refused', (body) => {
  expect(() => expand(body)).toThrow();
});

test('a snippet is found by its own name first, by a familiar one too, and by no name twice', () => {
  const all = Object.values(snippets).flatMap(({ prefix }) => prefix);
  expect(new Set(all).size).toBe(all.length);
  for (const { prefix, scope, description } of Object.values(snippets)) {
    expect(prefix[0]).toMatch(/^fa-[a-z-]+$/);
    expect(prefix.length).toBeGreaterThan(1);
    expect(scope).toBe('python');
    expect(description.length).toBeGreaterThan(20);
  }
});

test.for(names)('%s ends where one goes on typing, and is as wide as formatters like', (name) => {
  const body = byPrefix.get(name)?.body.join('\n') ?? '';
  const numbers = [...body.matchAll(/\$\{?(\d+)/g)].map((match) => Number(match[1]));
  expect(numbers).toContain(0);
  expect(numbers.length).toBeGreaterThan(1);
  const long = expand(body)
    .split('\n')
    .filter((line) => line.length > 88);
  expect(long).toEqual([]);
  // A file that is begun from a template has its imports in it.
  if (byPrefix.get(name)?.isFileTemplate) expect(given[name]?.in).toBeUndefined();
});

test.for(names)('nothing is found in %s', async (name) => {
  const found = diagnoseAll(openWorkspace(await wasmParser(), filesOf(name)));
  const said = Object.values(found)
    .flat()
    .map(
      ({ path: at, rule, range, message }) => `${at}:${range.start.line + 1} ${rule} ${message}`,
    );
  expect(said).toEqual([]);
});

describe('under the real FastAPI', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-snippets-'));
  let problems: Record<string, string[]> = {};

  beforeAll(async () => {
    const { python } = await pythonEnvironment();
    problems = JSON.parse(
      await run(
        python,
        names.map((name) => prepare(root, name)),
      ),
    );
  }, 600_000);

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test.for(names)('%s runs', (name) => {
    expect(problems[name]).toEqual([]);
  });
});

function prepare(root: string, name: string): object {
  const folder = path.join(root, name);
  const files = filesOf(name);
  for (const [at, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
    writeFileSync(path.join(folder, at), text);
  }
  const one = given[name];
  return { ...one, name, folder, text: files[one?.file ?? ''] };
}

/** One Python for all of them; gives what it prints. */
function run(python: string, input: readonly object[]): Promise<string> {
  const env = {
    ...process.env,
    APP_SECRET_KEY: 'only-for-tests-only-for-tests-only-for-tests',
    PYTEST_ADDOPTS: '',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
  };
  const child = spawn(python, [path.join(import.meta.dirname, 'run.py')], { env });
  let printed = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdin.end(JSON.stringify(input));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(said))));
  });
}
