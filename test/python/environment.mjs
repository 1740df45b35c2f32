// The Python that the tests run FastAPI with. Plain Node built-ins: it works before `npm install`.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../.cache/python');
const venvPython = join(
  folder,
  ...(process.platform === 'win32' ? ['venv', 'Scripts', 'python.exe'] : ['venv', 'bin', 'python']),
);

/** The oldest Python that the pinned FastAPI can be installed on. */
const minimum = [3, 11];

/**
 * A Python with the packages of requirements.txt, made in `.cache/python` when it is missing or
 * the requirements changed, and the folder of FastAPI's own examples: `docsSrc`'s parent is what
 * must be on `sys.path` to import `docs_src.…`. Any number of processes may call it at once.
 * Throws when there is no Python new enough or the packages cannot be installed.
 * @returns {Promise<{ python: string, docsSrc: string }>}
 */
export async function pythonEnvironment() {
  const environment = { python: venvPython, docsSrc: join(folder, 'docs_src') };
  const key = recipe();
  const stamp = join(folder, 'stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key && existsSync(venvPython)) {
    return environment;
  }
  await run(findPython(), [join(here, 'environment.py'), folder, key]);
  return environment;
}

/** What the environment is made from: when this changes it is made anew. */
function recipe() {
  const hash = createHash('sha256');
  for (const file of ['requirements.txt', 'environment.py']) {
    hash.update(readFileSync(join(here, file)));
  }
  return hash.digest('hex');
}

function findPython() {
  const candidates = [process.env.PYTHON, 'python3.11', 'python3', 'python'].filter(
    (candidate) => candidate !== undefined && candidate !== '',
  );
  const program = 'import sys; print(*sys.version_info[:2]); print(sys.executable)';
  const found = [];
  for (const candidate of candidates) {
    const answer = spawnSync(candidate, ['-c', program], { encoding: 'utf8' });
    if (answer.status !== 0) continue;
    const [version = '', executable = ''] = answer.stdout.trim().split(/\r?\n/);
    const [major = 0, minor = 0] = version.split(' ').map(Number);
    if (major === minimum[0] && minor >= minimum[1]) return executable;
    found.push(`${candidate} is ${major}.${minor}`);
  }
  const wanted = `Python ${minimum.join('.')} or newer is needed to run FastAPI`;
  const seen = found.length > 0 ? found.join(', ') : `none of ${candidates.join(', ')} runs`;
  throw new Error(`${wanted}: ${seen}. Install it, or name it in the environment variable PYTHON.`);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      process.stderr.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(undefined);
      else reject(new Error(`The Python environment of the tests could not be made.\n${said}`));
    });
  });
}
