// `npm run curriculum:check [-- LESSON…] [--update | --watch | --fresh]`: whether lessons and exercises are what AUTHORS.md
// asks for. `--fresh` tries everything, `--watch` goes on with what changes, `--update` writes down what examples print.
import { watch } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { root } from '../../client/scripts/toolchain.mjs';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { createKit } from './kit.ts';
import { walkthroughs } from './sources.ts';

const args = process.argv.slice(2);
const wanted = args.filter((each) => !each.startsWith('--'));
const has = (name) => args.includes(`--${name}`);

const { python } = await pythonEnvironment();
const kit = await createKit({
  walkthroughs,
  python,
  parser: await wasmParser(),
  memory: has('fresh') ? undefined : path.join(root, '.cache', 'curriculum'),
  isHasty: has('watch'),
  say: console.log,
});

async function check() {
  const started = performance.now();
  const { count, problem } = await kit.check(wanted, { isUpdate: has('update') });
  if (problem !== undefined) console.error(problem);
  else
    console.log(`${count} to mend, after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return problem !== undefined ? 2 : count > 0 ? 1 : 0;
}

process.exitCode = await check();
if (has('watch')) watchFor(check);
else kit.close();

/** Editors write a file in several steps, and several files at once: the check begins when it is quiet. */
function watchFor(work) {
  let timer;
  let running = Promise.resolve();
  watch(walkthroughs, { recursive: true }, (_, file) => {
    if (file === null || /__pycache__|~$|\.sw.$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(work).then(() => undefined);
    }, 100);
  });
  console.log('waiting for a change in walkthroughs/ (Ctrl+C ends)');
}
