// A newcomer in Korean, whose Python has no packages: the environment that is made with one click, also when it is
// cancelled, which Python runs the tests, and exercises that become green with it.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonEnvironment } from '../python/environment.mjs';
import type { Editor } from './editor.ts';
import { packFakePython } from './fakePython.ts';
import { launch, soon } from './learner.ts';
import { exerciseOf, student } from './student.ts';

const cpuBound = exerciseOf('expert/04-async/3-cpu-bound');
const lastOrders = exerciseOf('expert/04-async/4-last-orders');
const dashboard = exerciseOf('foundations/1-1-first-app/1-dashboard');
const runFilter = exerciseOf('foundations/1-2-parameters/1-run-filter');

describe('exercises in Korean, from a Python without packages', () => {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-pythons-')));
  const log = path.join(home, 'log');
  const chosen = path.join(home, 'chosen');
  const told = path.join(home, 'told');
  let index: Server | undefined;
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof student>;
  let folder = '';
  let shared = '';

  const program = (name: string, lines: readonly string[]) => {
    const file = path.join(home, 'bin', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(file, 0o755);
    return file;
  };
  /** Which Pythons have run since the last time that somebody asked. */
  const runs = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);

  beforeAll(async () => {
    const { python } = await pythonEnvironment();
    shared = python;
    const bare = path.join(home, 'bare', 'bin', 'python');
    execFileSync(python, ['-m', 'venv', '--without-pip', path.join(home, 'bare')]);
    const site = 'import sysconfig; print(sysconfig.get_path("purelib"))';
    const packages = execFileSync(python, ['-c', site], { encoding: 'utf8' }).trim();
    // What this one makes has the packages already, so that nothing is fetched.
    program('python3', [
      `echo "path $*" >> '${log}'`,
      `'${bare}' "$@" || exit 1`,
      `[ "$2" = venv ] || exit 0`,
      `for site in .venv/lib/python*/site-packages; do`,
      `  { echo '${packages}'; echo "import sys; print('venv', file=open('${log}', 'a'))"; } > "$site/shared.pth"`,
      'done',
    ]);
    program('chosen', [`echo "chosen $*" >> '${log}'`, `exec '${shared}' "$@"`]);
    // Somewhere to ask for packages, where nobody ever answers.
    const server = createServer(() => {});
    index = server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const fake = await packFakePython(path.join(home, 'extension'), { chosen, told });
    const environment = {
      PATH: `${path.join(home, 'bin')}:${process.env.PATH}`,
      // VS Code asks a shell for its environment, unless it was started from one.
      VSCODE_CLI: '1',
      PIP_INDEX_URL: `http://127.0.0.1:${port}/simple`,
    };
    ({ editor, remove } = await launch('pythons', 'ko', environment, { extensions: [fake] }));
    own = student(editor, 'ko');
    folder = path.join(editor.folder, own.folderOf(cpuBound));
  });

  afterAll(async () => {
    await editor?.close();
    remove();
    index?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const requirements = () => path.join(folder, 'requirements.txt');
  const environment = () => path.join(folder, '.venv');
  const lacks = () =>
    own.toast(
      own.says(
        'The Python that runs the tests lacks what they need. An environment in the folder of the exercise (.venv) can have it.',
      ),
    );
  const cancelled = () =>
    own.toast(own.says('Cancelled: no environment was made, and nothing of it is left.'));

  test('an environment that is cancelled while it is made leaves nothing', async () => {
    own.pictureOnFailure();
    await own.openView();
    await own.row(cpuBound.title.ko).first().click();
    await own.begin(cpuBound);
    writeFileSync(requirements(), `${readFileSync(requirements(), 'utf8')}never-answered==1.0\n`);
    await own.press(own.says('Run the tests'));
    await lacks()
      .locator('.monaco-button', { hasText: own.says('Make an environment') })
      .click();
    const making = own.toast(own.says('installing packages'));
    await making.waitFor({ timeout: 60_000 });
    expect(existsSync(path.join(environment(), 'bin', 'python'))).toBe(true);
    await own.picture('python-making');
    await own.press(own.says('Run the tests'));
    await own
      .toast(own.says('The environment is still being made. The tests are run once it is there.'))
      .waitFor();
    await making.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await cancelled().waitFor();
    expect(existsSync(environment())).toBe(false);
    const { stdout } = spawnSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' });
    expect(stdout).not.toContain(environment());
    expect(existsSync(told)).toBe(false);
    await own.picture('python-cancelled');
  });

  test('and is made again from nothing; then the tests run in it', async () => {
    own.pictureOnFailure();
    const text = readFileSync(requirements(), 'utf8');
    writeFileSync(requirements(), text.replace('never-answered==1.0\n', ''));
    await cancelled()
      .locator('.monaco-button', { hasText: own.says('Try again') })
      .click();
    const isRunning = async () => (await own.pageText()).includes(own.says('running'));
    await expect.poll(isRunning, { ...soon, timeout: 60_000 }).toBe(true);
    await own.picture('python-running');
    await expect.poll(() => own.areTold(cpuBound), soon).toBe(true);
    expect(existsSync(path.join(environment(), '.fastapi-mentor-unfinished'))).toBe(false);
    expect(readFileSync(told, 'utf8')).toBe(path.join(environment(), 'bin', 'python'));
    await own.picture('python-made');
  });

  const ranBy = async (name: RegExp) => {
    rmSync(log, { force: true });
    await own.press(own.says('Run the tests'));
    await expect.poll(() => runs().some((line) => name.test(line)), soon).toBe(true);
    return [...new Set(runs().map((line) => line.split(' ')[0]))];
  };

  test('the Python extension’s choice comes first, then .venv, then the path', async () => {
    own.pictureOnFailure();
    writeFileSync(chosen, path.join(home, 'bin', 'chosen'));
    expect(await ranBy(/^chosen -m pytest/)).toEqual(['chosen']);
    rmSync(chosen);
    expect(await ranBy(/^venv/)).toEqual(['venv']);
    renameSync(environment(), path.join(home, 'venv'));
    expect(await ranBy(/^path -m pytest/)).toEqual(['path']);
    await lacks().waitFor();
    renameSync(path.join(home, 'venv'), environment());
    await own.closeToasts();
  });

  test('a model that computes, solved in the environment that was made', async () => {
    own.pictureOnFailure();
    await own.solve(cpuBound, 'cpu-bound');
  });

  test('last orders', { timeout: 150_000 }, async () => {
    own.pictureOnFailure();
    await own.row(lastOrders.title.ko).first().click();
    await own.start(lastOrders);
    await own.solve(lastOrders, 'last-orders');
  });

  test.each([
    ['dashboard', dashboard],
    ['run-filter', runFilter],
  ])('the first chapter: %s', { timeout: 150_000 }, async (name, exercise) => {
    own.pictureOnFailure();
    await own.closeToasts();
    await own.search(exercise);
    await own.start(exercise);
    await own.solve(exercise, name);
  });
});
