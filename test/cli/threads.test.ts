/** A large project is shared between threads; what is found is the same, and nobody is told twice. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { build } from '../../client/scripts/build.mjs';
import type { Analysis } from '../../server/src/cli/deps.ts';
import { openProject } from '../../server/src/cli/project.ts';
import { type Share, takeShare } from '../../server/src/cli/shares.ts';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { localise } from '../../server/src/engine/localise.ts';
import { wasmParser } from '../support/parser.ts';
import { createProject } from './project.ts';

const parser = await wasmParser();

/** Forty files with one finding each, which comes from a module that all of them share. */
function filled() {
  const project = createProject();
  const lines = `VALUES = [\n${'    "some words that take their place",\n'.repeat(2_500)}]\n`;
  const files = Array.from({ length: 40 }, (_, index): [string, string] => [
    `app/part_${index}.py`,
    `from app.slow import nap\n\n${lines}\n\nasync def wait_${index}() -> None:\n    nap()\n`,
  ]);
  project.write({
    'app/__init__.py': '',
    'app/slow.py': 'import time\n\n\ndef nap() -> None:\n    time.sleep(1)\n',
    ...Object.fromEntries(files),
  });
  return project;
}

const createAnalysis = async (): Promise<Analysis> => ({
  workspace: createWorkspace({ parser }),
  parser: 'test',
  localise,
});

test('the files are shared, and the report is that of one thread', {
  timeout: 60_000,
}, async () => {
  const project = filled();
  try {
    const alone = await project.runWith({ createAnalysis }, 'check', '.', '--format', 'json');
    const shares: number[] = [];
    const shared = await project.runWith(
      {
        createAnalysis,
        threads: {
          available: 2,
          // In this thread, and so before its own share is taken; half of the bundles are left.
          async run(share: Share) {
            const { workspace } = await createAnalysis();
            openProject(workspace, share.project);
            const half = share.bundles.slice(0, share.bundles.length / 2);
            const next = new Int32Array(new SharedArrayBuffer(4));
            const done = takeShare(workspace, { ...share, bundles: half, next });
            Atomics.store(share.next, 0, half.length);
            shares.push(done.found.size);
            return { ...done, failedRules: [] };
          },
        },
      },
      'check',
      '.',
      '--format',
      'json',
    );
    expect(shares).toHaveLength(1);
    expect(shares[0]).toBeGreaterThan(10);
    expect(JSON.parse(shared.stdout).diagnostics).toHaveLength(40);
    expect(shared).toEqual(alone);
  } finally {
    project.remove();
  }
});

test('the built command line gives the same with its own threads', {
  timeout: 90_000,
}, async () => {
  const outdir = path.join('.cache', 'cli-threads');
  await build({ outdir });
  const project = filled();
  try {
    const run = promisify(execFile);
    const cli = path.resolve(import.meta.dirname, '../..', outdir, 'cli.js');
    const given = ['check', project.folder, '--format', 'json', '--fail-on', 'never'];
    const env = { ...process.env, FASTAPI_MENTOR_THREADS: '2' };
    const { stdout, stderr } = await run(process.execPath, [cli, ...given], { env });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).diagnostics).toHaveLength(40);
  } finally {
    project.remove();
  }
});
