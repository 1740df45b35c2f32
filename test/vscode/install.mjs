// Installs the VS Code that the editor tests and `npm start` use, and finds a Chromium to show it.
// `node test/vscode/install.mjs` does both; a second run finds everything there and says so.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, onPath, run, runNpm, withNode } from '../../client/scripts/toolchain.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const product = path.join(here, 'node_modules', 'code-server');
const stamp = path.join(here, 'node_modules', '.cache', 'installed');

/** The start script of the embedded VS Code and the Node it needs; installs both where missing. */
export async function installEditor(say = console.log) {
  // code-server runs under the major version it was made for and no other.
  const node = await findNode((version) => version.startsWith('24.'), say);
  const entry = path.join(product, 'out', 'node', 'entry.js');
  const lock = readFileSync(path.join(here, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    say('VS Code server: skipped, it is as the lock file says');
    return { node, entry };
  }
  say('VS Code server: installing');
  // npm's own scripts stay off: they would compile native extras that VS Code does without.
  const steps = [
    [here, ['ci', '--ignore-scripts']],
    [path.join(product, 'lib', 'vscode'), ['install', '--omit=dev', '--ignore-scripts']],
    [
      path.join(product, 'lib', 'vscode', 'extensions'),
      ['install', '--omit=dev', '--ignore-scripts'],
    ],
  ];
  for (const [cwd, args] of steps) {
    const quiet = [...args, '--no-fund', '--no-audit'];
    const code = await runNpm(quiet, { node, cwd, env: withNode(node) });
    if (code !== 0)
      throw new Error(`npm ${args.join(' ')} failed in ${path.relative(here, cwd) || '.'}`);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return { node, entry };
}

/** The path of a Chromium or Chrome; installs Debian's where that is possible. Throws without one. */
export async function installChromium(say = console.log) {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH is ${given}, and there is no such file.`);
    say(`Chromium: ${given}, from CHROME_PATH`);
    return given;
  }
  const found = findChromium();
  if (found) {
    say(`Chromium: skipped, there is ${found}`);
    return found;
  }
  const apt = onPath('apt-get');
  if (apt && process.getuid?.() === 0) {
    say('Chromium: installing Debian’s package and a font with Korean glyphs');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    await run(apt, ['update', '-qq'], options);
    await run(apt, ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], options);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium or Chrome was found. Install one (on Debian: apt-get install chromium fonts-noto-cjk) ' +
      'or give its path in CHROME_PATH.',
  );
}

function findChromium() {
  const applications = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return (
    onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome') ??
    applications.find((file) => existsSync(file))
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await installEditor();
    await installChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
