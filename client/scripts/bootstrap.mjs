// What `npm start` and `npm test` run first: installs what is missing, then runs the command under
// a Node that is new enough. Only Node built-ins, and nothing newer than Node 20.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findNode, root, run, runNpm, withNode } from './toolchain.mjs';

const commands = {
  start: 'client/scripts/start.mjs',
  test: 'test/run.mjs',
};

async function main([name, ...args]) {
  const script = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!script) {
    const known = Object.keys(commands).join(', ');
    console.error(
      `${name ? `There is no command "${name}"` : 'A command is missing'}; known: ${known}.`,
    );
    return 2;
  }
  const installed = await installDependencies();
  if (installed !== 0) return installed;

  const node = await findNode();
  const why =
    node === process.execPath ? 'is new enough' : `is too old, using ${path.relative(root, node)}`;
  console.log(`node: ${process.versions.node} ${why}`);
  return run(node, [path.join(root, script), ...args], { env: withNode(node) });
}

async function installDependencies() {
  const reason = whyInstall();
  if (!reason) {
    console.log('dependencies: skipped, they are as the lock file says');
    return 0;
  }
  const locked = existsSync(path.join(root, 'package-lock.json'));
  console.log(`dependencies: npm ${locked ? 'ci' : 'install'}, because ${reason}`);
  if (!locked) return runNpm(['install'], { cwd: root });
  if ((await runNpm(['ci'], { cwd: root })) === 0) return 0;
  // npm ci refuses a lock file made where the packages of another platform could not be seen.
  console.log('dependencies: npm ci would not, so npm install without touching the lock file');
  return runNpm(['install', '--no-save'], { cwd: root });
}

/**
 * Why the installed packages are not those of the lock file, or undefined when they are. npm
 * leaves its own lock beside what it installed, also after a hand-made `npm install`.
 */
function whyInstall() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!wanted) return present ? undefined : 'nothing is installed yet';
  if (!present) return 'nothing is installed yet';
  for (const [place, entry] of Object.entries(wanted)) {
    // Optional packages of other platforms are never installed.
    if (place === '' || entry.link) continue;
    const found = present[place];
    if (!found && entry.optional) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) {
      return `${place.replace(/^.*node_modules\//, '')} is not at ${entry.version}`;
    }
  }
  return undefined;
}

function readPackages(file) {
  const text = path.join(root, file);
  return existsSync(text) ? JSON.parse(readFileSync(text, 'utf8')).packages : undefined;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
