// What the extension and the command line run: how it is ended before its time.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';
import { runProgram } from '../../server/src/programs.ts';

const grandchild = 'setInterval(() => {}, 1000)';
const parent = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });
  console.log('pid ' + child.pid);
  setInterval(() => {}, 1000);
`;
const here = { cwd: import.meta.dirname, env: {} };

/** Where nobody asks how it ended, a program that has ended is still listed, as a zombie. */
function isAlive(pid: number): boolean {
  if (process.platform !== 'win32') {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return /^[^Z\s]/.test(stdout);
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a program that is cancelled ends with all that it has started, before it is told', async () => {
  const stop = new AbortController();
  let pid: number | undefined;
  const { code } = await runProgram(process.execPath, ['-e', parent], {
    ...here,
    signal: stop.signal,
    onLine(line) {
      pid = Number(line.replace('pid ', ''));
      stop.abort();
    },
  });
  expect(code).not.toBe(0);
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isAlive(pid ?? 0)).toBe(false);
});

test('what was cancelled before it began is not run', async () => {
  const args = ['-e', 'console.log("here")'];
  const stopped = { ...here, signal: AbortSignal.abort() };
  expect((await runProgram(process.execPath, args, stopped)).printed).toBe('');
  expect((await runProgram(process.execPath, args, here)).printed).toBe('here\n');
});

test('a program that is not there has no exit code', async () => {
  expect((await runProgram('no-such-program', [], here)).code).toBeUndefined();
});
