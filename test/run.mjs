// `npm test`: everything that CI runs, one step after the other. `node test/run.mjs lint editor` runs only these steps.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root, run } from '../client/scripts/toolchain.mjs';

const results = path.join(root, 'test-results');

/** A step passes when its program exits with 0. `needs` names steps without which it means nothing. */
const steps = [
  { name: 'build', script: ['client/scripts/build.mjs', '--production'] },
  { name: 'types', script: [binOf('typescript', 'tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the core', script: [binOf('typescript', 'tsc'), '-p', 'tsconfig.core.json'] },
  { name: 'lint', script: [binOf('@biomejs/biome', 'biome'), 'check', '--diagnostic-level=warn'] },
  {
    name: 'unit',
    needs: ['build'],
    tests: ['test/python', 'test/seeds', 'test/oracle'].flatMap((one) => [
      '--exclude',
      `${one}/**`,
    ]),
  },
  { name: 'python set-up', script: ['--input-type=module', '--eval', pythonSetUp()] },
  { name: 'proofs', needs: ['python set-up'], tests: ['test/python/'] },
  { name: 'seeds', tests: ['test/seeds/'] },
  { name: 'routes', needs: ['python set-up'], tests: ['test/oracle/'] },
  {
    name: 'curriculum',
    needs: ['python set-up'],
    script: ['test/curriculum/check.mjs', '--fresh'],
  },
  { name: 'package', needs: ['build'], script: ['client/scripts/package.mjs'] },
  {
    name: 'editor',
    needs: ['package'],
    tests: ['--config', 'test/vscode/vitest.config.ts'],
    env: { FASTAPI_MENTOR_VSIX: path.join(root, 'dist', 'fastapi-mentor.vsix') },
  },
];

function binOf(name, command) {
  const folder = path.join('node_modules', name);
  const manifest = path.join(root, folder, 'package.json');
  if (!existsSync(manifest)) return path.join(folder, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

function pythonSetUp() {
  return [
    "import { pythonEnvironment } from './test/python/environment.mjs';",
    'const { python } = await pythonEnvironment();',
    "console.log('python: ' + python);",
  ].join('\n');
}

/** Gives the exit code, and of a step with tests their numbers. */
async function runStep(step) {
  const options = { cwd: root, env: { ...process.env, ...step.env } };
  if (step.tests === undefined) {
    return { code: await run(process.execPath, await script(step), options), counts: none() };
  }
  const report = path.join(results, `${step.name}.json`);
  rmSync(report, { force: true });
  const vitest = path.join(binOf('vitest', 'vitest'));
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(process.execPath, [vitest, 'run', ...step.tests, ...reporters], options);
  return { code, counts: readCounts(report) };
}

async function script({ script: [file, ...args] }) {
  if (!file.startsWith('-') && !existsSync(path.join(root, file))) {
    throw new Error(`${file} is missing`);
  }
  return [file, ...args];
}

const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/** A test file that could not even be loaded has no tests, and counts as one that failed. */
function readCounts(file) {
  if (!existsSync(file)) return none();
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function main(wanted) {
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = steps.map(({ name }) => `"${name}"`).join(', ');
    console.error(`There is no step ${unknown.join(', ')}; known: ${known}.`);
    return 2;
  }
  mkdirSync(results, { recursive: true });
  const total = none();
  const lines = [];
  const failed = new Set();
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    console.log(`\n== ${step.name}`);
    const started = performance.now();
    const missing = step.needs?.find((name) => failed.has(name));
    let outcome;
    try {
      if (missing !== undefined) throw new Error(`"${missing}" failed, so it was not run`);
      outcome = await runStep(step);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      outcome = { code: 1, counts: none() };
    }
    const { counts } = outcome;
    // A step that fails without a failed test is a failure of its own.
    const isFailure = outcome.code !== 0 || counts.failed > 0;
    if (isFailure) failed.add(step.name);
    if (isFailure && counts.failed === 0) counts.failed = 1;
    for (const key of Object.keys(total)) total[key] += counts[key];
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    lines.push(`${isFailure ? 'FAILED' : 'ok    '} ${step.name} (${seconds} s)${numbers(counts)}`);
    console.log(lines.at(-1));
  }
  console.log(`\n${lines.join('\n')}\n`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return failed.size > 0 ? 1 : 0;
}

function numbers({ passed, failed, skipped }) {
  if (passed + failed + skipped === 0) return '';
  return `: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

process.exitCode = await main(process.argv.slice(2));
