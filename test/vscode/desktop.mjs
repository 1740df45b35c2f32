// `npm run test:desktop`: the extension host suite in a desktop VS Code, given by
// VSCODE_EXECUTABLE or downloaded. Where neither can be had it says so; that is not a pass.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { buildSuite } from './suite/build.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');

async function main() {
  const given = process.env.VSCODE_EXECUTABLE;
  if (given && !existsSync(given)) {
    console.error(`VSCODE_EXECUTABLE is ${given}, and there is no such file.`);
    return 2;
  }
  const executable = given ?? (await download());
  if (!executable) return 0;

  const vsix = process.env.FASTAPI_MENTOR_VSIX ?? packageExtension();
  const suite = await buildSuite();
  const home = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-desktop-'));
  try {
    return await runSuite(executable, vsix, suite.folder, home);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function download() {
  try {
    return await downloadAndUnzipVSCode({ cachePath: path.join(root, '.cache', 'vscode-test') });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`desktop: not run: VS Code could not be downloaded (${reason.split('\n')[0]})`);
    return undefined;
  }
}

function packageExtension() {
  const script = path.join(root, 'client', 'scripts', 'package.mjs');
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The extension could not be packed');
  return path.join(root, 'dist', 'fastapi-mentor.vsix');
}

async function runSuite(executable, vsix, suite, home) {
  const results = path.join(home, 'results.json');
  const folder = path.join(home, 'sample');
  cpSync(path.join(root, 'test', 'sample'), folder, { recursive: true });
  const where = [
    `--user-data-dir=${path.join(home, 'user-data')}`,
    `--extensions-dir=${path.join(home, 'extensions')}`,
  ];
  const [cli = '', ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const own = cliArgs.filter((arg) => !/^--(user-data|extensions)-dir/.test(arg));
  const install = spawnSync(cli, [...own, ...where, '--install-extension', vsix, '--force'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) throw new Error('The extension could not be installed');
  const failure = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: suite,
    extensionTestsPath: path.join(suite, 'extension.cjs'),
    extensionTestsEnv: { FASTAPI_MENTOR_DESKTOP_RESULTS: results },
    launchArgs: [folder, ...where, '--disable-workspace-trust', '--skip-welcome'],
  }).then(
    () => undefined,
    (error) => error,
  );
  if (!existsSync(results)) throw failure ?? new Error('VS Code ended without any results');
  const tests = JSON.parse(readFileSync(results, 'utf8'));
  for (const { name, error } of tests)
    console.log(error ? `FAILED  ${name}\n${error}` : `ok  ${name}`);
  return failure ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
