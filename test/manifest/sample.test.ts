// The sample that *Get started* copies: it starts, and what is found in it is what the walkthrough speaks of.
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { diagnoseAll, openWorkspace } from '../support/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'walkthroughs/get-started/sample');
const names = globSync('**/*.*', { cwd: folder }).sort();

test('all of its files are copied, and no other', () => {
  const source = readFileSync(path.join(root, 'client/src/getStartedSample.ts'), 'utf8');
  const list = /const files = \[([^\]]*)\]/.exec(source)?.[1] ?? '';
  const listed = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]);
  expect(listed.sort()).toEqual(names);
});

test('what is found in it', async () => {
  const python = names.filter((name) => name.endsWith('.py'));
  const files = Object.fromEntries(
    python.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
  const found = diagnoseAll(openWorkspace(await wasmParser(), files));
  const said = Object.values(found)
    .flat()
    .map(({ path: at, rule, fix }) => `${path.basename(at)} ${rule}${fix ? ' *' : ''}`);
  expect(said).toEqual([
    'main.py response/exception-returned *',
    'main.py response/missing-response-model',
    'main.py async/blocking-sleep *',
    'payments.py security/hardcoded-secret *',
    'payments.py async/blocking-http *',
  ]);
});

test('it starts in spite of them', { timeout: 600_000 }, async () => {
  const { python } = await pythonEnvironment();
  const program = 'from main import app; print(app.url_path_for("brew_tea", tea_id=1))';
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await promisify(execFile)(python, ['-c', program], { cwd: folder, env });
  expect(stdout.trim()).toBe('/teas/1/brew');
});
