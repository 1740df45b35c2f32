/** The environment that is made with one click, over a real folder and with programs that only say what they were asked. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { makeEnvironment } from './environment.ts';
import { choosePython, type Programs } from './python.ts';

const editor = vi.hoisted(() => ({
  cancel: () => {},
  chosen: undefined as string | undefined,
}));

vi.mock('vscode', async () => {
  const fs = await import('node:fs/promises');
  const { join } = await import('node:path');
  const uri = (fsPath: string) => ({ fsPath, toString: () => fsPath });
  type Uri = ReturnType<typeof uri>;
  return {
    Uri: {
      file: uri,
      joinPath: ({ fsPath }: Uri, ...parts: string[]) => uri(join(fsPath, ...parts)),
    },
    ProgressLocation: {},
    l10n: { t: (text: string) => text },
    extensions: {
      getExtension: () => ({
        activate: async () => ({
          environments: {
            getActiveEnvironmentPath: () => ({ path: editor.chosen }),
            resolveEnvironment: async ({ path: found }: { path?: string }) =>
              found && { executable: { uri: uri(found) } },
            updateActiveEnvironmentPath: async (found: string) => {
              editor.chosen = found;
            },
          },
        }),
      }),
    },
    window: {
      withProgress: (_: unknown, task: (progress: unknown, token: unknown) => unknown) => {
        const listeners: (() => void)[] = [];
        const token = {
          isCancellationRequested: false,
          onCancellationRequested: (listener: () => void) => listeners.push(listener),
        };
        editor.cancel = () => {
          token.isCancellationRequested = true;
          for (const listener of listeners) listener();
        };
        return task({ report() {} }, token);
      },
    },
    workspace: {
      getWorkspaceFolder: () => undefined,
      fs: {
        stat: ({ fsPath }: Uri) => fs.stat(fsPath),
        createDirectory: ({ fsPath }: Uri) => fs.mkdir(fsPath, { recursive: true }),
        writeFile: ({ fsPath }: Uri, text: Uint8Array) => fs.writeFile(fsPath, text),
        delete: ({ fsPath }: Uri, options = {}) => fs.rm(fsPath, options),
      },
    },
  };
});

let folder: string;
let own: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-environment-'));
  own = path.join(folder, '.venv', 'bin', 'python');
  editor.chosen = undefined;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Pythons by their names, with their versions; `pip` prints this, and fails where it prints something. */
function machine(pythons: Readonly<Record<string, string>>, pip = '', venv = '') {
  const asked: string[] = [];
  const programs: Programs = {
    isWindows: false,
    pathDelimiter: ':',
    async run(command, args) {
      asked.push([command === own ? '.venv' : command, ...args.slice(0, 2)].join(' '));
      const ended = (code: number | undefined, printed = '') => ({
        code,
        printed,
        output: printed,
      });
      const version = pythons[command] ?? (existsSync(command) ? '3 13' : undefined);
      if (version === undefined) return ended(undefined);
      if (args[0] === '-c') return ended(0, version);
      if (args[1] === 'venv') {
        mkdirSync(path.dirname(own), { recursive: true });
        writeFileSync(own, '');
        return ended(venv === '' ? 0 : 1, venv);
      }
      if (pip === 'cancelled') editor.cancel();
      return ended(pip === '' ? 0 : 1, pip);
    },
  };
  return { programs, asked };
}

const make = (programs: Programs) => makeEnvironment(vscode.Uri.file(folder), programs);
const choose = (programs: Programs) => choosePython(vscode.Uri.file(folder), programs);

test('made, filled, told to the Python extension, and chosen from then on', async () => {
  const { programs, asked } = machine({ python3: '3 12' });
  expect(await choose(programs)).toBe('python3');
  expect(await make(programs)).toBe(own);
  expect(asked).toContain('python3 -m venv');
  expect(asked.at(-1)).toBe('.venv -m pip');
  expect(editor.chosen).toBe(own);
  editor.chosen = undefined;
  expect(await choose(programs)).toBe(own);
});

test.each([
  ['cancelled', { why: 'cancelled' }],
  ['ERROR: No matching distribution found for x', { why: 'failed' }],
  ['NewConnectionError: … [Errno 101] Network is unreachable', { why: 'offline' }],
])('%s: nothing of it is left, and the next one is made from nothing', async (pip, why) => {
  const failing = machine({ python3: '3 12' }, pip);
  expect(await make(failing.programs)).toMatchObject(why);
  expect(existsSync(path.join(folder, '.venv'))).toBe(false);
  expect(await choose(failing.programs)).toBe('python3');
  expect(await make(machine({ python3: '3 12' }).programs)).toBe(own);
});

test('one that a closed window has left half-made is no environment, and is made anew', async () => {
  const { programs, asked } = machine({ python3: '3 12' });
  mkdirSync(path.dirname(own), { recursive: true });
  writeFileSync(own, '');
  writeFileSync(path.join(folder, '.venv', '.fastapi-mentor-unfinished'), '');
  writeFileSync(path.join(folder, '.venv', 'half'), '');
  editor.chosen = own;
  expect(await choose(programs)).toBe('python3');
  expect(await make(programs)).toBe(own);
  expect(asked).toContain('python3 -m venv');
  expect(existsSync(path.join(folder, '.venv', 'half'))).toBe(false);
});

test('somebody’s own environment is filled, and never removed', async () => {
  mkdirSync(path.dirname(own), { recursive: true });
  writeFileSync(own, '');
  const failing = machine({}, 'ERROR: x');
  expect(await make(failing.programs)).toEqual({ why: 'failed', line: 'ERROR: x' });
  expect(existsSync(own)).toBe(true);
  expect(failing.asked).not.toContain('.venv -m venv');
  expect(await make(machine({}).programs)).toBe(own);
});

test('an environment whose Python does not run is neither chosen nor removed', async () => {
  mkdirSync(path.join(folder, '.venv', 'Scripts'), { recursive: true });
  const { programs } = machine({ python3: '3 12' });
  expect(await choose(programs)).toBe('python3');
  expect(await make(programs)).toEqual({ why: 'occupied' });
  expect(existsSync(path.join(folder, '.venv', 'Scripts'))).toBe(true);
});

test('it is made with a Python that is new enough', async () => {
  const old = machine({ python3: '3 9', 'python3.12': '3 12' });
  expect(await make(old.programs)).toBe(own);
  expect(old.asked).toContain('python3.12 -m venv');
  rmSync(path.join(folder, '.venv'), { recursive: true });
  editor.chosen = '/opt/python3.14';
  const chosen = machine({ python3: '3 12', '/opt/python3.14': '3 14' });
  expect(await make(chosen.programs)).toBe(own);
  expect(chosen.asked).toContain('/opt/python3.14 -m venv');
});

test('why there can be none', async () => {
  expect(await make(machine({}).programs)).toEqual({ why: 'no-python' });
  expect(await make(machine({ python3: '3 9' }).programs)).toEqual({
    why: 'too-old',
    version: '3.9',
  });
  const debian = 'ensurepip is not\navailable. …\n\n    apt install python3.11-venv\n\nFailing …';
  expect(await make(machine({ python3: '3 11' }, '', debian).programs)).toEqual({
    why: 'no-venv',
    install: 'python3.11-venv',
  });
  expect(existsSync(path.join(folder, '.venv'))).toBe(false);
});
