import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { defineRule, type Rule } from '../../server/src/engine/rule.ts';
import { RUFF_CODES, RUFF_DEFAULTS, RUFF_ROWS } from '../../server/src/knowledge/ruff.ts';
import { readConfigFiles } from '../../server/src/project/config-files.ts';
import { isEnabledInRuff, readRuffConfig } from '../../server/src/project/config-ruff.ts';
import type { Role } from '../../server/src/python/sites.ts';
import type { Call, Expression } from '../../server/src/syntax/nodes.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf, ROOT } from '../support/workspace.ts';

const here = import.meta.dirname;
const sample = readFileSync(path.join(here, 'sample.py'), 'utf8');
/** What ruff said of the sample, by code: the lines. */
const facts: { version: string; reported: Readonly<Record<string, readonly number[]>> } =
  JSON.parse(readFileSync(path.join(here, 'facts.json'), 'utf8'));
const codes = [...new Set(Object.values(RUFF_CODES).flat())].sort();

/** Speaks wherever the rule of that name could: more often than the real one ever will. */
function everywhere(name: string): Rule {
  const kinds = new Set(RUFF_ROWS.flatMap((row) => (row.rule === name ? row.when.kind : [])));
  const isAsync = name.startsWith('async/');
  return defineRule({
    name: name as 'a/b',
    level: 'warning',
    since: '0.1.0',
    messages: { here: 'here' },
    check: {
      anyCall(site, { report, subject }) {
        if (!kinds.has('call') && !kinds.has('path-method')) return;
        if (isAsync && site.function?.isAsync !== true) return;
        if (name === 'async/dangling-task' && !site.isStatement) return;
        const text = subject.textOf(site.node);
        if (name === 'performance/http-without-timeout' && text.includes('timeout=3')) return;
        if (text.includes('safe_load')) return;
        report('here', site.node);
        report('here', site.node.callee);
      },
      literal({ node, role }, { report }) {
        if (!kinds.has('secret')) return;
        const name = nameOf(role);
        report('here', node, name === undefined ? {} : { name });
      },
      function({ node }, { report }) {
        if (!kinds.has('route')) return;
        for (const decorator of node.decorators) {
          if (decorator.type !== 'call') continue;
          for (const at of partsOf(name, decorator)) report('here', at);
        }
        if (name !== 'dependencies/non-annotated') return;
        for (const { default: value } of node.parameters) if (value) report('here', value);
      },
    },
  });
}

function nameOf(role: Role): string | undefined {
  if (role.kind === 'compared') {
    const [other] = role.others;
    return other?.type === 'name' ? other.id : undefined;
  }
  return 'name' in role ? role.name : undefined;
}

function partsOf(name: string, decorator: Call): Expression[] {
  if (name === 'routing/path-param-missing') {
    const [first] = decorator.args;
    return first && sampleHas(first.value) ? [first.value] : [];
  }
  if (name !== 'response/redundant-response-model') return [];
  return decorator.args.flatMap(({ name: keyword, value }) =>
    keyword === 'response_model' ? [value] : [],
  );
}
const sampleHas = (value: Expression) => value.type === 'string' && value.value.includes('{');

let parser: Parser;
beforeAll(async () => {
  parser = await wasmParser();
});

function linesSaid(rule: string, ruff: string | null): number[] {
  const workspace = openWorkspace(parser, { 'sample.py': sample }, { rules: [everywhere(rule)] });
  if (ruff !== null) {
    const texts = new Map([[`${ROOT}/ruff.toml`, ruff]]);
    workspace.setConfiguration(ROOT, { settings: null, ...readConfigFiles(texts, []) });
  }
  return workspace.diagnose(pathOf('sample.py')).map(({ range }) => range.start.line + 1);
}

/** The lines on which a rule falls silent when these codes are selected. */
function silenced(rule: string, selected: readonly string[]): number[] {
  const left = linesSaid(rule, `lint.select = ${JSON.stringify(selected)}`);
  return linesSaid(rule, null).filter((line) => {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** What ruff reports and is said all the same: it belongs to another rule of ours, or we cannot be sure. */
const SAID_ANYWAY: Readonly<Record<string, readonly number[]>> = {
  'async/blocking-file-io ASYNC240': [105, 106, 107, 222, 227, 229],
  'async/blocking-file-stat ASYNC240': [101, 102, 103, 104, 219, 221, 223, 227, 229],
  // Calls over several lines: ruff may point at the argument.
  'performance/http-without-timeout S113': [59],
};

describe.each(Object.keys(RUFF_CODES))('%s', (rule) => {
  test.each(RUFF_CODES[rule] ?? [])('is silent where ruff reports %s, and only there', (code) => {
    const together = RUFF_ROWS.find((row) => row.rule === rule && row.codes.includes(code))?.codes;
    const reported = (together ?? [code]).flatMap((each) => facts.reported[each] ?? []);
    const silent = [...new Set(silenced(rule, together ?? [code]))].sort((a, b) => a - b);
    expect(silent.filter((line) => !reported.includes(line))).toEqual([]);
    const could = new Set(linesSaid(rule, null));
    const missed = reported.filter((line) => could.has(line) && !silent.includes(line));
    expect(missed).toEqual(SAID_ANYWAY[`${rule} ${code}`] ?? []);
    expect(silent.length).toBeGreaterThan(0);
  });
});

test('the real rules are silent only where ruff speaks', () => {
  const workspace = openWorkspace(parser, { 'sample.py': sample });
  const said = () => {
    const found = workspace.diagnose(pathOf('sample.py'));
    return found.map(({ rule, range }) => `${rule}:${range.start.line + 1}`);
  };
  const before = said();
  const texts = new Map([[`${ROOT}/ruff.toml`, 'lint.select = ["ALL"]']]);
  workspace.setConfiguration(ROOT, { settings: null, ...readConfigFiles(texts, []) });
  const after = said();
  const gone = before.filter((each) => !after.includes(each));
  expect(gone.length).toBeGreaterThan(40);
  for (const each of gone) {
    const [rule = '', line] = each.split(':');
    const reported = RUFF_CODES[rule]?.flatMap((code) => facts.reported[code] ?? []);
    expect(reported, each).toContain(Number(line));
  }
});

test('every name of every row was seen to be reported', () => {
  const lines = sample.split('\n');
  for (const { codes: own, when } of RUFF_ROWS) {
    if (when.kind !== 'call' && when.kind !== 'path-method') continue;
    const reported = own.flatMap((code) => facts.reported[code] ?? []).map((at) => lines[at - 1]);
    for (const name of when.names) {
      const last = name.slice(name.lastIndexOf('.') + 1);
      const written = when.kind === 'call' && name.startsWith('datetime.') ? last : name;
      expect(
        reported.some((line) => line?.includes(`${written}(`)),
        name,
      ).toBe(true);
    }
  }
});

const enabled = (toml: string, code: string, file = 'app/main.py', version?: string) => {
  const config = readRuffConfig(toml, false);
  if (config === undefined) throw new Error('no configuration');
  return isEnabledInRuff({ layer: { folder: ROOT, config }, version }, code, `${ROOT}/${file}`);
};

/** A configuration, a code, and whether it is looked for in app/main.py where ruff's version is not known. */
const CONFIGURATIONS: readonly [string, string, boolean][] = [
  ['lint.select = ["ALL"]', 'ASYNC210', true],
  ['lint.select = ["ASYNC"]', 'ASYNC210', true],
  ['lint.select = ["ASYNC2"]', 'ASYNC210', true],
  ['lint.select = ["ASYNC22"]', 'ASYNC210', false],
  ['lint.select = ["A", "F", "D", "R"]', 'ASYNC210', false],
  ['lint.select = ["D"]', 'DTZ003', false],
  ['lint.select = ["S"]', 'S105', true],
  ['lint.select = ["SIM"]', 'S105', false],
  ['select = ["ASYNC"]', 'ASYNC210', true],
  ['select = ["E"]\nlint.select = ["ASYNC"]', 'ASYNC210', true],
  ['lint.extend-select = ["ASYNC"]', 'ASYNC210', true],
  ['lint.select = ["ASYNC"]\nlint.ignore = ["ASYNC210"]', 'ASYNC210', false],
  ['lint.select = ["ASYNC210"]\nlint.ignore = ["ASYNC"]', 'ASYNC210', true],
  ['lint.select = ["ASYNC"]\nlint.ignore = ["ASYNC"]', 'ASYNC210', false],
  ['lint.select = ["ALL"]\nlint.extend-ignore = ["ASYNC"]', 'ASYNC210', false],
  ['lint.select = ["ALL"]\nlint.per-file-ignores = { "app/*" = ["ASYNC"] }', 'ASYNC210', false],
  [
    'lint.select = ["ALL"]\nlint.per-file-ignores = { "main.py" = ["ASYNC210"] }',
    'ASYNC210',
    false,
  ],
  ['lint.select = ["ALL"]\nlint.per-file-ignores = { "tests/*" = ["ASYNC"] }', 'ASYNC210', true],
  ['lint.select = ["ALL"]\nlint.per-file-ignores = { "!tests/*" = ["ASYNC"] }', 'ASYNC210', false],
  ['lint.select = ["ALL"]\nlint.extend-per-file-ignores = { "*.py" = ["ALL"] }', 'ASYNC210', false],
  ['lint.select = ["ALL"]\nexclude = ["app"]', 'ASYNC210', false],
  ['lint.select = ["ALL"]\nextend-exclude = ["app/*.py"]', 'ASYNC210', false],
  ['lint.select = ["ALL"]\nlint.exclude = ["other"]', 'ASYNC210', true],
  ['line-length = 100', 'ASYNC210', false],
  ['required-version = ">=0.16"', 'ASYNC210', true],
  ['required-version = ">=0.5"', 'ASYNC210', false],
];

describe('what a configuration enables', () => {
  test.each(CONFIGURATIONS)('%s → %s: %s', (toml, code, isOn) =>
    expect(enabled(toml, code)).toBe(isOn),
  );
  test('by itself, from the version on that does', () => {
    expect(enabled('', 'ASYNC210', 'a.py', '0.17.5')).toBe(true);
    expect(enabled('', 'ASYNC210', 'a.py', RUFF_DEFAULTS.since)).toBe(true);
    expect(enabled('', 'ASYNC210', 'a.py', '0.15.9')).toBe(false);
    expect(enabled('', 'S105', 'a.py', '0.17.5')).toBe(false);
    expect(enabled('lint.ignore = ["ASYNC"]', 'ASYNC210', 'a.py', '0.17.5')).toBe(false);
  });
  test('stars cross folders in per-file-ignores', () => {
    const toml = 'lint.select = ["S"]\nlint.per-file-ignores = { "tests/*" = ["S"] }';
    expect(enabled(toml, 'S105', 'tests/a/b.py')).toBe(false);
  });
});

describe('the real ruff', { timeout: 10 * 60_000 }, () => {
  test('says of the sample what is written down', async ({ skip }) => {
    const ruff = await ruffProgram();
    if (ruff === undefined) return skip('ruff is not installed in the Python environment');
    const { stdout } = spawnSync(
      ruff,
      ['check', '--isolated', '--select', codes.join(','), '--output-format', 'json', 'sample.py'],
      { cwd: here, encoding: 'utf8' },
    );
    const said: { code: string; location: { row: number } }[] = JSON.parse(stdout);
    const reported: Record<string, number[]> = {};
    for (const { code, location } of said) {
      const lines = reported[code] ?? [];
      if (!lines.includes(location.row)) reported[code] = [...lines, location.row];
    }
    for (const lines of Object.values(reported)) lines.sort((a, b) => a - b);
    expect(reported).toEqual(facts.reported);
  });

  test('is enabled by a configuration as we read it', async ({ skip }) => {
    const ruff = await ruffProgram();
    if (ruff === undefined) return skip('ruff is not installed in the Python environment');
    const folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-ruff-'));
    const files = ['app/main.py', 'tests/a/b.py'];
    const source =
      'import requests\n\npassword = "hunter22x"\n\n\nasync def f():\n    requests.get("x")\n';
    for (const file of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${source}    datetime.datetime.utcnow()\n`);
    }
    for (const [toml] of CONFIGURATIONS) {
      writeFileSync(path.join(folder, 'ruff.toml'), toml);
      const { stdout, stderr } = spawnSync(
        ruff,
        ['check', '--no-cache', '--output-format', 'json'],
        { cwd: folder, encoding: 'utf8' },
      );
      // A selector that it does not know, or a version that it is not.
      if (stdout === '') throw new Error(stderr);
      const said: { code: string; filename: string }[] = JSON.parse(stdout);
      for (const file of files) {
        for (const code of ['ASYNC210', 'S105']) {
          const isSaid = said.some((each) => each.code === code && each.filename.endsWith(file));
          expect(enabled(toml, code, file, facts.version), `${toml} ${code} ${file}`).toBe(isSaid);
        }
      }
    }
    rmSync(folder, { recursive: true });
  });

  test('enables by itself what is written down', async ({ skip }) => {
    const ruff = await ruffProgram();
    if (ruff === undefined) return skip('ruff is not installed in the Python environment');
    const { stdout } = spawnSync(ruff, ['check', '--isolated', '--show-settings', 'sample.py'], {
      cwd: here,
      encoding: 'utf8',
    });
    const enabled = stdout.slice(stdout.indexOf('linter.rules.enabled'));
    const list = enabled.slice(0, enabled.indexOf('\n]'));
    const ours = codes.filter((code) => list.includes(`(${code})`));
    expect(ours).toEqual([...RUFF_DEFAULTS.codes].sort());
  });
});

async function ruffProgram(): Promise<string | undefined> {
  const { python } = await pythonEnvironment();
  const name = process.platform === 'win32' ? 'ruff.exe' : 'ruff';
  const program = path.join(path.dirname(python), name);
  return existsSync(program) ? program : undefined;
}
