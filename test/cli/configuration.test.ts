import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { build } from '../../client/scripts/build.mjs';

/** The real analysis: whether its rules speak is what is asked here. */
const outdir = path.join('.cache', 'cli-configuration');
const cli = path.resolve(import.meta.dirname, '../..', outdir, 'cli.js');
let folder: string;

beforeAll(() => build({ outdir }));
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const app = `import time

import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def read() -> int:
    time.sleep(1)
    requests.get("https://example.org")
    return 1
`;
const SLEEP = 'async/blocking-sleep';
const HTTP = 'async/blocking-http';
const table = (body: string) => `[tool.fastapi-mentor]\n${body}\n`;

function write(files: Readonly<Record<string, string>>) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'check', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function found(...args: string[]): string[] {
  const { stdout, stderr } = run('--format', 'json', ...args);
  if (stdout === '') throw new Error(stderr);
  const { diagnostics }: { diagnostics: { path: string; rule: string; level: string }[] } =
    JSON.parse(stdout);
  return diagnostics.map((each) => `${each.path} ${each.level} ${each.rule}`);
}

const BOTH = [`main.py error ${SLEEP}`, `main.py error ${HTTP}`];

test('options choose rules', () => {
  write({ 'main.py': app });
  expect(found()).toEqual(BOTH);
  expect(found('--select', HTTP)).toEqual(BOTH.slice(1));
  expect(found('--select', `${HTTP},${SLEEP}`)).toEqual(BOTH);
  expect(found('--select', HTTP, '--select', SLEEP)).toEqual(BOTH);
  expect(found('--ignore', 'async')).toEqual([]);
  expect(found('--ignore', 'all')).toEqual([]);
  expect(found('--preset', 'strict')).toEqual(expect.arrayContaining(BOTH));
});

test('pyproject.toml is followed, options win over it', () => {
  write({
    'main.py': app,
    'pyproject.toml': table(`ignore = ["${SLEEP}"]\nlevels = { "${HTTP}" = "info" }`),
  });
  expect(found()).toEqual([`main.py info ${HTTP}`]);
  expect(run().status).toBe(0);
  expect(found('--ignore', HTTP)).toEqual([`main.py error ${SLEEP}`]);
  expect(found('--isolated')).toEqual(BOTH);
});

test('the nearest one governs, also from above the path as far as the working folder', () => {
  write({
    'pyproject.toml': table('ignore = ["async"]\nper-file-ignores = { "x.py" = ["all"] }'),
    'app/main.py': app,
    'own/main.py': app,
    'own/pyproject.toml': table('exclude = ["gen"]'),
    'own/gen/main.py': app,
  });
  expect(found('app')).toEqual([]);
  expect(found('app/main.py')).toEqual([]);
  expect(found()).toEqual([`own/main.py error ${SLEEP}`, `own/main.py error ${HTTP}`]);
});

test('a file that is named takes the place of the others', () => {
  write({
    'main.py': app,
    'pyproject.toml': table('ignore = ["async"]'),
    'ci/mentor.toml': `select = ["${HTTP}"]\n`,
    'ci/pyproject.toml': table(`levels = { "${HTTP}" = "hint" }`),
  });
  expect(found('--config', 'ci/mentor.toml')).toEqual(BOTH.slice(1));
  expect(found('--config', 'ci/pyproject.toml')).toEqual([BOTH[0], `main.py hint ${HTTP}`]);
});

test('what ruff reports is left to it', () => {
  write({ 'main.py': app, 'ruff.toml': 'lint.select = ["ASYNC251"]\n' });
  expect(found()).toEqual(BOTH.slice(1));
  expect(found('--isolated')).toEqual(BOTH);
  write({ 'pyproject.toml': table('ruff = "ignore"') });
  expect(found()).toEqual(BOTH);
});

test.each<[string, string, string]>([
  [
    'a rule',
    'preset = "strict"\nignore = [\n  "async/blocking-slep",\n]',
    '4:4: unknown rule "async/blocking-slep"; did you mean "async/blocking-sleep"?',
  ],
  ['a key', 'selct = []', '2:1: unknown key "selct"; did you mean "select"?'],
  ['two', 'a = 1\nb = 2', '2:1: unknown key "a" (and 1 more)'],
  ['no TOML', 'ignore = ["async', '2:17: not valid TOML: Unterminated string constant'],
])('a mistake in pyproject.toml ends the run with 2 and one line: %s', (_, body, line) => {
  write({ 'main.py': app, 'app/x.py': '', 'pyproject.toml': table(body) });
  const expected = { status: 2, stdout: '', stderr: `fastapi-mentor: pyproject.toml:${line}\n` };
  expect(run()).toEqual(expected);
  expect(run('app')).toEqual(expected);
  expect(run('--isolated').status).toBe(1);
});

test.each<[string[], string]>([
  [
    ['--select', 'async/blocking-slep'],
    '--select: unknown rule "async/blocking-slep"; did you mean "async/blocking-sleep"?',
  ],
  [['--ignore', 'asinc'], '--ignore: unknown rule "asinc"; did you mean "async"?'],
  [['--config', 'nowhere.toml'], 'the configuration cannot be read: nowhere.toml'],
  [['--config', 'bad.toml'], 'bad.toml:1:1: unknown key "x"'],
  [['--isolated', '--config', 'bad.toml'], '--isolated and --config exclude each other'],
])('%j ends the run with 2 and one line', (args, line) => {
  write({ 'main.py': app, 'bad.toml': 'x = 1\n' });
  expect(run(...args)).toEqual({ status: 2, stdout: '', stderr: `fastapi-mentor: ${line}\n` });
});
