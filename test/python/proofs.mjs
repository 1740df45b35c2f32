// A rule's page proves what it claims: pytest code, run under the real FastAPI, shows that the bad
// example fails in just that way and that the good one works. In the page's Markdown,
//
// - a fence with the info string `python bad` is the module `bad.py`, `python good` is `good.py`;
//   further ones are `bad_2.py`, `bad_3.py`, … in the order of the page;
// - lines `# file: app/db.py` split a block into files of the package `bad` (`good`): the proof
//   says `from bad.app.main import app`, the files import each other relatively;
// - `python proof` is the pytest module; several of them are read as one. Import an example that
//   fails at import inside `pytest.raises`. Async tests need no marker.
//
// All proofs run in one pytest process; proof_plugin.py keeps them apart.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from './environment.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * A page's proof with the files it runs, or undefined when the page has none.
 * @param {string} name the rule, for reports
 * @param {string} markdown the page
 * @returns {{ name: string, files: Record<string, string>, proof: string } | undefined}
 */
export function proofOf(name, markdown) {
  const files = {};
  const proofs = [];
  const seen = { bad: 0, good: 0 };
  for (const { info, code } of fences(markdown)) {
    const [language, role] = info.split(/\s+/);
    if (language !== 'python') continue;
    if (role === 'proof') proofs.push(code);
    if (role !== 'bad' && role !== 'good') continue;
    seen[role] += 1;
    const module = seen[role] === 1 ? role : `${role}_${seen[role]}`;
    Object.assign(files, split(module, code));
  }
  return proofs.length === 0 ? undefined : { name, files, proof: proofs.join('\n\n') };
}

/**
 * Those of the rules that claim something about FastAPI at run time whose page proves nothing.
 * @param {readonly string[]} provable names of the rules that need a proof
 * @param {readonly { name: string }[]} proofs
 */
export function missingProofs(provable, proofs) {
  const proved = new Set(proofs.map(({ name }) => name));
  return provable.filter((name) => !proved.has(name));
}

/**
 * Runs every proof in one pytest process. A proof passes when it has a test and all its tests
 * pass; `output` says what failed. Throws only when there is no environment to run them in.
 * @param {readonly { name: string, files: Record<string, string>, proof: string }[]} proofs
 * @returns {Promise<{ name: string, passed: boolean, output: string }[]>}
 */
export async function runProofs(proofs) {
  if (proofs.length === 0) return [];
  const { python } = await pythonEnvironment();
  const root = mkdtempSync(join(tmpdir(), 'proofs-'));
  try {
    const folders = proofs.map((proof, index) => {
      const folder = `p${index}_${proof.name.replace(/\W+/g, '_')}`;
      for (const [path, text] of Object.entries({ ...proof.files, 'test_proof.py': proof.proof })) {
        writeInside(join(root, folder), path, text);
      }
      return folder;
    });
    const said = await pytest(python, root);
    const results = readResults(root);
    return proofs.map(({ name }, index) => verdict(name, results.get(folders[index]), said));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function* fences(markdown) {
  let open;
  for (const line of markdown.split(/\r?\n/)) {
    if (open === undefined) {
      const start = /^(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line);
      if (start) open = { mark: start[1], info: start[2], lines: [] };
    } else if (line.trimEnd() === open.mark) {
      yield { info: open.info, code: `${open.lines.join('\n')}\n` };
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
}

/** A block's files: one module, or the files of a package where `# file:` lines split it. */
function split(module, code) {
  if (!/^# file: /m.test(code)) return { [`${module}.py`]: code };
  const files = {};
  let path;
  for (const line of code.split('\n')) {
    const named = /^# file: (\S+)\s*$/.exec(line);
    if (named) path = `${module}/${named[1]}`;
    else if (path !== undefined) files[path] = `${files[path] ?? ''}${line}\n`;
    else if (line.trim() !== '') throw new Error(`code before the first "# file:" line: ${line}`);
  }
  return files;
}

function writeInside(folder, path, text) {
  const target = normalize(join(folder, path));
  if (!target.startsWith(folder + sep)) throw new Error(`${path} lies outside the example`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Runs pytest over the folders below `root`; what it printed, for when it left no results. */
function pytest(python, root) {
  const options = ['-p', 'proof_plugin', '-p', 'no:cacheprovider', '--import-mode=importlib'];
  const output = ['-q', '--tb=short', '--rootdir', root, '--continue-on-collection-errors'];
  // A configuration of our own: nobody's pytest.ini further up is to change how proofs run. A
  // test that waits for ever ends the run, with the stack it waits in.
  const configuration = ['anyio_mode = auto', 'faulthandler_timeout = 60'];
  configuration.push('faulthandler_exit_on_timeout = true');
  writeFileSync(join(root, 'pytest.ini'), `[pytest]\n${configuration.join('\n')}\n`);
  const env = {
    ...process.env,
    PROOFS_ROOT: root,
    PYTEST_ADDOPTS: '',
    PYTHONPATH: here,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
  };
  return new Promise((resolve, reject) => {
    const args = ['-m', 'pytest', ...options, ...output, '-c', 'pytest.ini', '.'];
    const child = spawn(python, args, { cwd: root, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}

/** Each proof's outcomes, by folder. A proof without any was not collected or not reached. */
function readResults(root) {
  const path = join(root, 'results.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  return Map.groupBy(
    lines.map((line) => JSON.parse(line)),
    ([folder]) => folder,
  );
}

function verdict(name, results, said) {
  if (results === undefined) {
    return { name, passed: false, output: `No test of this proof was run.\n${said}` };
  }
  const bad = results.filter(([, outcome]) => outcome !== 'passed');
  const output = bad.map(([, outcome, text]) => `${outcome}\n${text}`).join('\n');
  return { name, passed: bad.length === 0, output };
}
