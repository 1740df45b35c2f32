// The running app is the oracle: every sample is imported under the real FastAPI, and so is every
// app of FastAPI's own documentation. One Python process for all of them; it forks.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python/environment.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder with the samples. */
export const samplesFolder = join(here, 'samples');

/**
 * The samples, by name. Throws when a `project.json` cannot be read.
 * @returns {import('./oracle.mjs').Sample[]}
 */
export function readSamples() {
  return readdirSync(samplesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((id) => {
      const folder = join(samplesFolder, id);
      return { id, folder, ...JSON.parse(readFileSync(join(folder, 'project.json'), 'utf8')) };
    });
}

/**
 * What the samples' apps and the documentation's apps are at run time.
 * Throws only when there is no environment to run them in.
 * @param {readonly import('./oracle.mjs').Sample[]} samples
 * @returns {Promise<import('./oracle.mjs').Oracle>}
 */
export async function oracleOf(samples) {
  const { python, docsSrc } = await pythonEnvironment();
  const scratch = mkdtempSync(join(tmpdir(), 'oracle-'));
  try {
    // The documentation's examples expect these where they are started.
    for (const name of ['static', 'templates', 'dist']) mkdirSync(join(scratch, name));
    for (const page of ['index.html', '404.html']) writeFileSync(join(scratch, 'dist', page), '');
    const jobs = [...sampleJobs(samples), ...documentationJobs(docsSrc, scratch)];
    const answers = await run(python, jobs);
    return {
      samples: samples.map((sample) => {
        const own = answers.filter(({ id }) => id === sample.id);
        const errors = own.flatMap(({ error, trace }) => (error ? [`${error}\n${trace}`] : []));
        return { sample, apps: own.flatMap(({ apps }) => apps), errors };
      }),
      documentation: answers.filter(({ id }) => id.startsWith('docs_src.')),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** One job for each app: the same module name may stand for different files in a monorepo. */
function sampleJobs(samples) {
  return samples.flatMap(({ id, folder, apps, path = [], environment = {} }) =>
    apps.map((entry) => {
      const { app, path: own = path } = typeof entry === 'string' ? { app: entry } : entry;
      return { id, folder, app, path: own, environment };
    }),
  );
}

/** One job for each module of the documentation that makes an app. */
function documentationJobs(docsSrc, cwd) {
  const folder = dirname(docsSrc);
  return pythonFiles(docsSrc)
    .filter((file) => readFileSync(file, 'utf8').includes('FastAPI('))
    .map((file) => relative(folder, file).slice(0, -'.py'.length).split(sep).join('.'))
    .map((module, index) => {
      const environment = { ADMIN_EMAIL: 'admin@example.com' };
      return { id: module, folder, app: module, cwd, environment, group: `docs ${index % 8}` };
    });
}

function pythonFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py') && !name.includes('__pycache__'))
    .sort()
    .map((name) => join(folder, name));
}

function run(python, jobs) {
  const env = {
    ...process.env,
    PYTHONUTF8: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONHASHSEED: '0',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(python, [join(here, 'oracle.py')], { env });
    let printed = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(printed).answers);
      else reject(new Error(`The route oracle could not be run.\n${said}`));
    });
    child.stdin.end(JSON.stringify({ jobs }));
  });
}
