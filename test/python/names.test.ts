import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pythonEnvironment } from './environment.mjs';

const script = join(fileURLToPath(new URL('.', import.meta.url)), 'generate_names.py');

it('names.json is what the pinned packages hold', { timeout: 10 * 60_000 }, async () => {
  const { python } = await pythonEnvironment();
  const { status, stderr } = spawnSync(python, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
