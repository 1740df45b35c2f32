import { beforeAll, describe, expect, test } from 'vitest';
import { defineRule } from '../../server/src/engine/rule.ts';
import type { Config } from '../../server/src/project/config.ts';
import { readConfigFiles } from '../../server/src/project/config-files.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { wasmParser } from '../support/parser.ts';
import { type Files, openWorkspace, pathOf, ROOT } from '../support/workspace.ts';

let parser: Parser;
beforeAll(async () => {
  parser = await wasmParser();
});

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

let optInRuns = 0;
/** Off unless somebody asks for it. */
const optIn = defineRule({
  name: 'routing/opt-in',
  level: 'off',
  since: '0.1.0',
  messages: { here: 'here' },
  check: {
    function({ node }, { report }) {
      optInRuns++;
      report('here', node);
    },
  },
});

const rules = [...RULES, optIn];

function open(files: Files, texts: Files = {}, settings: Config | null = null) {
  const workspace = openWorkspace(parser, files, { rules });
  const configure = (given: Files, own: Config | null = settings) => {
    const read = readConfigFiles(
      new Map(Object.entries(given).map(([name, text]) => [pathOf(name), text])),
      workspace.rules(),
    );
    workspace.setConfiguration(ROOT, { settings: own && { folder: ROOT, config: own }, ...read });
  };
  configure(texts);
  const said = (file = 'main.py') =>
    workspace.diagnose(pathOf(file)).map(({ rule, level }) => `${level} ${rule}`);
  return { workspace, configure, said };
}

const table = (body: string) => `[tool.fastapi-mentor]\n${body}\n`;
const BOTH = ['error async/blocking-sleep', 'error async/blocking-http'];

describe('what is said about a file', () => {
  test.each<[string, string, string[]]>([
    ['nothing configured', '', BOTH],
    ['one rule ignored', 'ignore = ["async/blocking-http"]', BOTH.slice(0, 1)],
    ['a category ignored', 'ignore = ["async"]', []],
    ['one rule selected', 'select = ["async/blocking-http"]', BOTH.slice(1)],
    [
      'a level',
      'levels = { "async/blocking-http" = "hint" }',
      ['error async/blocking-sleep', 'hint async/blocking-http'],
    ],
    ['off', 'levels = { "async/blocking-http" = "off" }', BOTH.slice(0, 1)],
    ['strict', 'preset = "strict"', ['info routing/opt-in', ...BOTH]],
    ['an opt-in by name', 'select = ["routing/opt-in"]', ['info routing/opt-in']],
    [
      'an opt-in with a level',
      'levels = { "routing/opt-in" = "error" }',
      ['error routing/opt-in', ...BOTH],
    ],
    ['the file excluded', 'exclude = ["main.py"]', []],
    ['another file excluded', 'exclude = ["other"]', BOTH],
    [
      'ignored in the file',
      'per-file-ignores = { "*.py" = ["async/blocking-sleep"] }',
      BOTH.slice(1),
    ],
    ['ignored in another file', 'per-file-ignores = { "tests/*" = ["all"] }', BOTH],
  ])('%s', (_, body, expected) => {
    const { said } = open({ 'main.py': app }, { 'pyproject.toml': table(body) });
    expect(said()).toEqual(expected);
  });

  test('a nested pyproject.toml governs its folder', () => {
    const { said } = open(
      { 'a/main.py': app, 'b/main.py': app },
      { 'pyproject.toml': table('ignore = ["async"]'), 'b/pyproject.toml': table('') },
    );
    expect([said('a/main.py'), said('b/main.py')]).toEqual([[], BOTH]);
  });

  test('settings win over files, key by key', () => {
    const { said } = open(
      { 'main.py': app },
      {
        'pyproject.toml': table('ignore = ["async"]\nlevels = { "async/blocking-sleep" = "hint" }'),
      },
      { ignore: [] },
    );
    expect(said()).toEqual(['hint async/blocking-sleep', 'error async/blocking-http']);
  });

  test('each root has its own configuration; files of none have that of the empty path', () => {
    const { workspace } = open({});
    workspace.setRoots([
      { path: '/p', versions: {} },
      { path: '/p/inner', versions: {} },
      { path: '/q', versions: {} },
    ]);
    for (const path of ['/p/m.py', '/p/inner/m.py', '/q/m.py', '/r/m.py'])
      workspace.setText(path, app);
    const set = (root: string, config: Config) =>
      workspace.setConfiguration(root, { settings: { folder: root, config }, files: [], ruff: [] });
    set('/p', { ignore: ['async'] });
    set('/q', { select: ['async/blocking-http'] });
    set('', { levels: { 'async/blocking-http': 'off' } });
    const counts = ['/p/m.py', '/p/inner/m.py', '/q/m.py', '/r/m.py'].map(
      (path) => workspace.diagnose(path).length,
    );
    expect(counts).toEqual([0, 2, 1, 1]);
  });

  test('an excluded file is part of the project all the same', () => {
    const main = `import gen.client\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\nasync def read() -> int:\n    gen.client.nap(1)\n    return 1\n`;
    const { said } = open(
      { 'gen/client.py': 'from time import sleep as nap\n', 'main.py': main },
      { 'pyproject.toml': table('exclude = ["gen"]') },
    );
    expect(said()).toEqual(['error async/blocking-sleep']);
  });
});

describe('where ruff reports the same', () => {
  const ruff = '[tool.ruff.lint]\nselect = ["ASYNC"]\n';
  test('ours is silent', () => {
    expect(open({ 'main.py': app }, { 'pyproject.toml': ruff }).said()).toEqual([]);
    expect(open({ 'main.py': app }, { 'ruff.toml': 'lint.select = ["ASYNC251"]' }).said()).toEqual(
      BOTH.slice(1),
    );
  });
  test('that can be switched off', () => {
    const off = { 'pyproject.toml': `${table('ruff = "ignore"')}${ruff}` };
    expect(open({ 'main.py': app }, off).said()).toEqual(BOTH);
    expect(open({ 'main.py': app }, { 'pyproject.toml': ruff }, { ruff: 'ignore' }).said()).toEqual(
      BOTH,
    );
  });
  test('it speaks where ruff is blind: names that come from other files', () => {
    const files = {
      'net.py': 'import requests\n\nsession = requests.Session()\n',
      'main.py': app
        .replace('import requests', 'from net import requests, session')
        .replace('    return', '    session.get("https://example.org")\n    return'),
    };
    expect(open(files, { 'pyproject.toml': ruff }).said()).toEqual([
      'error async/blocking-http',
      'error async/blocking-http',
    ]);
  });
  test('it speaks where ruff is told not to look', () => {
    const ignores = { 'pyproject.toml': `${ruff}per-file-ignores = { "main.py" = ["ASYNC"] }\n` };
    expect(open({ 'main.py': app }, ignores).said()).toEqual(BOTH);
  });
  test('what ruff chooses by itself counts from the version that does, where it is pinned', () => {
    const { workspace, said } = open(
      { 'main.py': app },
      { 'pyproject.toml': '[tool.ruff]\nline-length = 99\n' },
    );
    expect(said()).toEqual(BOTH);
    workspace.setRoots([{ path: ROOT, versions: { ruff: '0.17.5' } }]);
    expect(said()).toEqual([]);
    workspace.setRoots([{ path: ROOT, versions: { ruff: '0.12.0' } }]);
    expect(said()).toEqual(BOTH);
  });
});

describe('what a change of the configuration costs', () => {
  const files = Object.fromEntries([1, 2, 3].map((each) => [`m${each}.py`, app]));
  const all = (said: (file: string) => string[]) => Object.keys(files).map(said);

  test('reporting, and nothing else', () => {
    const { workspace, configure, said } = open(files);
    all(said);
    workspace.db.resetCounts();
    configure({ 'pyproject.toml': table('ignore = ["async/blocking-http"]\nexclude = ["m3.py"]') });
    expect(all(said)).toEqual([BOTH.slice(0, 1), BOTH.slice(0, 1), []]);
    expect(Object.fromEntries(workspace.db.counts())).toEqual({
      'configuration of a file': 3,
      // The excluded file is not asked.
      'opt-in rules': 2,
      reported: 3,
    });
  });

  test('the same configuration again costs nothing', () => {
    const { workspace, configure, said } = open(files, {
      'pyproject.toml': table('preset = "strict"'),
    });
    all(said);
    workspace.db.resetCounts();
    configure({ 'pyproject.toml': table('# a comment\npreset = "strict"') });
    all(said);
    expect(workspace.db.counts().size).toBe(0);
  });

  test('a rule that is off runs from the moment it is asked for, and no other with it', () => {
    const { workspace, configure, said } = open(files);
    optInRuns = 0;
    all(said);
    expect(optInRuns).toBe(0);
    workspace.db.resetCounts();
    configure({ 'pyproject.toml': table('preset = "strict"') });
    all(said);
    expect(optInRuns).toBe(3);
    const counts = workspace.db.counts();
    expect([counts.get('findings'), counts.get('lowered'), counts.get('opt-in rules')]).toEqual([
      undefined,
      undefined,
      3,
    ]);
    workspace.db.resetCounts();
    configure({
      'pyproject.toml': table('preset = "strict"\nlevels = { "routing/opt-in" = "error" }'),
    });
    expect(said('m1.py')).toContain('error routing/opt-in');
    expect(optInRuns).toBe(3);
  });

  test('an excluded file is not analysed', () => {
    const { workspace, said } = open(
      { 'main.py': app },
      { 'pyproject.toml': table('exclude = ["*.py"]') },
    );
    expect(said()).toEqual([]);
    expect(workspace.db.counts().get('findings')).toBeUndefined();
  });
});
