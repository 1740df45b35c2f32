// Finds and runs the tools that every script needs: npm, a Node new enough, child processes.
// Only Node built-ins, and nothing newer than Node 20: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const isWindows = process.platform === 'win32';

/**
 * Whether this Node runs the scripts and tests as they are: 22.18 is the first to load `.ts`
 * files by itself, and vitest takes no odd-numbered release.
 */
export function isNewEnough(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 22 && minor >= 18) || major === 24 || major >= 26;
}

/** Where the npm package `node` keeps its binary; it may not be there yet. */
export function bundledNode() {
  return path.join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
}

/** The path of a Node for which `accepts` holds, unpacking the bundled one where it has to. */
export async function findNode(accepts = isNewEnough, say = console.log) {
  if (accepts(process.versions.node)) return process.execPath;
  const binary = bundledNode();
  if (!existsSync(binary)) {
    say('node: unpacking Node 24 from the npm package "node"');
    const code = await runNpm(['rebuild', 'node', '--ignore-scripts=false'], { cwd: root });
    if (code !== 0 || !existsSync(binary)) {
      throw new Error(`Node 24 could not be unpacked; install Node 24 and run this again.`);
    }
  }
  return binary;
}

/** An environment in which scripts started by `node` find that same Node first on the PATH. */
export function withNode(node, env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: [path.dirname(node), env[key]].filter(Boolean).join(path.delimiter) };
}

/** The first of `names` that is a file on the PATH, as an absolute path. */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const endings = isWindows ? ['.exe', '.cmd'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        if (existsSync(file)) return file;
      }
    }
  }
  return undefined;
}

/** Runs npm's own script under `options.node`, so that no shell and no `npm.cmd` is involved. */
export function runNpm(args, { node = process.execPath, ...options } = {}) {
  const script = npmScript();
  if (script) return run(node, [script, ...args], options);
  const npm = onPath('npm');
  if (!npm) throw new Error('npm was not found; it comes with Node.');
  return run(npm, args, options);
}

function npmScript() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js' && existsSync(running)) return running;
  const bin = path.dirname(process.execPath);
  return [
    path.join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => existsSync(file));
}

/**
 * Runs a program with this terminal as its own and gives its exit code. Signals that end this
 * process are passed on, and this process waits until the program has ended.
 */
export function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const [program, programArgs, extra] = windowsScript(file, args);
    const child = spawn(program, programArgs, { stdio: 'inherit', ...extra, ...options });
    const passOn = (signal) => {
      // A terminal has already sent Ctrl-C to the whole group; a second one would cut clean-up short.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const forget = () => {
      for (const signal of signals) process.off(signal, passOn);
    };
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      forget();
      resolve(code ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0));
    });
  });
}

/** Windows starts `.cmd` files only through its shell; quoting is ours then, not the shell's. */
function windowsScript(file, args) {
  if (!isWindows || !file.endsWith('.cmd')) return [file, args, {}];
  const line = [file, ...args].map((part) => `"${part}"`).join(' ');
  return ['cmd.exe', ['/d', '/s', '/c', `"${line}"`], { windowsVerbatimArguments: true }];
}
