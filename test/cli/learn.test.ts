// `fastapi-mentor learn`: the checks of an exercise in a terminal, in-process over a real folder.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CliDeps } from '../../server/src/cli/deps.ts';
import { startedText } from '../../server/src/curriculum/started.ts';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { localise } from '../../server/src/engine/localise.ts';
import { exerciseFolder } from '../curriculum/sources.ts';
import { wasmParser } from '../support/parser.ts';
import { createProject, type Project } from './project.ts';

const id = 'expert/04-async/1-stalled-service';
let project: Project;

beforeEach(() => {
  project = createProject();
  cpSync(path.join(exerciseFolder(id), 'starter'), project.folder, { recursive: true });
  mkdirSync(path.join(project.folder, '.fastapi-mentor'));
  writeFileSync(path.join(project.folder, '.fastapi-mentor/exercise.json'), startedText(id));
});
afterEach(() => project.remove());

const solve = () =>
  cpSync(path.join(exerciseFolder(id), 'solution'), project.folder, { recursive: true });

const told = (...events: readonly object[]) =>
  events.map((event) => `##mentor##${JSON.stringify(event)}`);

/** A Python that prints these lines, and the analysis with every rule. */
function machine(lines: readonly string[] | undefined, seen: string[][] = []): Partial<CliDeps> {
  return {
    async createAnalysis(onRuleFailure) {
      const parser = await wasmParser();
      return { workspace: createWorkspace({ parser, onRuleFailure }), parser: 'test', localise };
    },
    async runProgram(command, args, { cwd, onLine }) {
      seen.push([command, cwd, ...args]);
      for (const line of lines ?? []) onLine?.(line);
      return { code: lines === undefined ? undefined : 0, printed: (lines ?? []).join('\n') };
    },
  };
}

const passing = told({ kind: 'ended', test: 'test_a_b', outcome: 'passed', line: 3 });

test('every exercise is listed with its id', async () => {
  const { code, stdout } = await project.run('learn', 'list', '--lang', 'ko');
  expect(code).toBe(0);
  expect(stdout).toContain(`${id}  멈춰 버린 서비스`);
  const json = JSON.parse((await project.run('learn', 'list', '--format', 'json')).stdout);
  expect(json).toContainEqual(expect.objectContaining({ id, difficulty: 3 }));
});

describe('the checks', () => {
  test('what is left, with its place', async () => {
    const deps = machine(passing);
    const { code, stdout } = await project.runWith(deps, 'learn', 'check', '.');
    expect(code).toBe(1);
    expect(stdout).toContain('[ ] Nothing is left of async/blocking-chain\n    app/quotes.py:12: ');
    expect(stdout).toContain('`quote → make_quote → latest → time.sleep`');
    expect(stdout).toContain('[x] a b');
    expect(stdout).toContain('Not yet: 3 to go.');
  });

  test('solved', async () => {
    solve();
    const { code, stdout } = await project.runWith(machine(passing), 'learn', 'check', id);
    expect(stdout).not.toContain('[ ]');
    expect(stdout).toContain('Passed.');
    expect(code).toBe(0);
  });

  test('by id, in another folder, as data, in Korean', async () => {
    const deps = { ...machine(passing), resolvePath: (typed: string) => path.resolve('/', typed) };
    const args = [
      'learn',
      'check',
      id,
      '--dir',
      project.folder,
      '--format',
      'json',
      '--lang',
      'ko',
    ];
    const { stdout } = await project.runWith(deps, ...args);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ exercise: id, title: '멈춰 버린 서비스', passed: false });
    expect(report.checks[2]).toMatchObject({
      check: { route: 'GET /quotes/{pair}' },
      holds: false,
      at: { path: 'app/main.py', line: 22 },
    });
  });
});

describe('the tests', () => {
  test('are the exercise’s own, run with the environment of the folder', async () => {
    project.write({ '.venv/bin/python': '' });
    const seen: string[][] = [];
    await project.runWith(machine(passing, seen), 'learn', 'check', '.');
    const [command, cwd, ...args] = seen[0] ?? [];
    expect(command).toBe(`${project.folder}/.venv/bin/python`);
    expect(cwd).toBe(project.folder);
    expect(args.at(-1)).toBe(path.join(exerciseFolder(id), 'tests/test_service.py'));
  });

  test('one that fails is told with its words', async () => {
    solve();
    const lines = told({
      kind: 'ended',
      test: 'test_others_are_answered',
      outcome: 'failed',
      says: '/health was not answered',
      line: 3,
    });
    const { code, stdout } = await project.runWith(machine(lines), 'learn', 'check', '.');
    expect(code).toBe(1);
    expect(stdout).toContain('[ ] others are answered\n    /health was not answered\n');
  });

  test('code that can’t be imported is not yet right', async () => {
    solve();
    const lines = told({ kind: 'broken', says: 'E   SyntaxError: invalid syntax' });
    const { code, stdout } = await project.runWith(machine(lines), 'learn', 'check', '.');
    expect(code).toBe(1);
    expect(stdout).toContain('SyntaxError');
  });

  test.each([
    ['no Python', undefined, 'there is no Python (python3); name one with --python'],
    ['no pytest', ['/usr/bin/python3: No module named pytest'], 'has no pytest; install it with: '],
    ['no packages', ["ImportError: No module named 'anyio'"], 'lacks what the exercise needs'],
    ['a crash', ['Segmentation fault'], 'could not run the tests: Segmentation fault'],
  ])('%s: the checks are told, and why there are no tests', async (_, lines, said) => {
    solve();
    const { code, stdout, stderr } = await project.runWith(machine(lines), 'learn', 'check', '.');
    expect(code).toBe(2);
    expect(stdout).toContain('[x] Nothing is left');
    expect(stdout).not.toContain('Passed.');
    expect(stderr).toContain(said);
  });

  test('may be left out', async () => {
    solve();
    const deps = machine(undefined);
    const { code } = await project.runWith(deps, 'learn', 'check', '.', '--no-tests');
    expect(code).toBe(0);
  });
});

test.each([
  [['learn', 'check', 'expert/99-none/1-none'], 'is neither an exercise nor a folder of one'],
  [['learn', 'check', 'app'], 'is neither an exercise nor a folder of one'],
  [['learn', 'check', id, '--dir', 'nowhere'], 'no such folder: nowhere'],
  [['learn', 'check'], 'missing required argument'],
])('%j is refused', async (args, said) => {
  const { code, stderr } = await project.run(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
});
