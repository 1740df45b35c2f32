// Starts and ends the embedded VS Code. Used by the editor tests and by `npm start`, which loads
// this file without a build: only syntax that Node can strip.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { installEditor } from './install.mjs';

export interface ServerOptions {
  /** Where everything that the editor remembers is kept: settings, extensions, logs. */
  home: string;
  extensions: readonly string[];
  settings?: Readonly<Record<string, unknown>>;
  /** Without trust a folder opens in Restricted Mode, and nothing asks. */
  trust?: boolean;
  environment?: Readonly<Record<string, string>>;
  /** Ends the server by itself when nobody has looked at it for so long; at least 60. */
  idleSeconds?: number;
  say?: (line: string) => void;
}

export interface Server {
  /** The address, with no slash at the end. */
  url: string;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Everything the server has printed. */
  log(): string;
  close(): Promise<void>;
}

/** What keeps the window to the code: no chat, no welcome page, no questions. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Installs the extensions, starts the server on a free loopback port and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { node, entry } = await installEditor(options.say);
  const userData = path.join(options.home, 'user-data');
  const extensions = path.join(options.home, 'extensions');
  const config = path.join(options.home, 'config.yaml');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  writeFileSync(config, '');
  writeFileSync(
    path.join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2),
  );
  const common = [
    ...[entry, '--config', config],
    ...['--user-data-dir', userData, '--extensions-dir', extensions],
  ];
  const env = cleanEnvironment(options.environment);

  const install = options.extensions.flatMap((file) => ['--install-extension', file]);
  if (install.length > 0) await runToEnd(node, [...common, ...install, '--force'], env);

  const port = await freePort();
  const child = start(
    node,
    [
      ...common,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(options.trust === false ? [] : ['--disable-workspace-trust']),
      ...(options.idleSeconds ? ['--idle-timeout-seconds', String(options.idleSeconds)] : []),
    ],
    env,
  );
  const url = `http://127.0.0.1:${port}`;
  await child.printed('HTTP server listening');
  return { url, ended: child.ended, log: child.log, close: child.close };
}

/** The address that opens `folder`, with a file in it where one is given. */
export function folderUrl(server: Server, folder: string): string {
  return `${server.url}/?folder=${encodeURIComponent(folder)}`;
}

interface Running {
  ended: Promise<void>;
  exitCode(): number | null;
  log(): string;
  printed(text: string): Promise<void>;
  close(): Promise<void>;
}

function start(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Running {
  // A group of its own, so that its extension hosts and terminals end with it.
  const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const endNow = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endNow);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve();
    });
    child.once('exit', () => resolve());
  }).then(() => {
    process.off('exit', endNow);
  });
  return {
    ended,
    exitCode: () => child.exitCode,
    log: () => output,
    async printed(text) {
      const seen = new Promise<void>((resolve) => {
        const look = () => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        look();
      });
      await Promise.race([seen, ended]);
      if (!output.includes(text)) throw new Error(`VS Code did not start:\n${output}`);
    },
    async close() {
      signalGroup(child, 'SIGTERM');
      const patience = setTimeout(endNow, 5000);
      await ended;
      clearTimeout(patience);
      // The first process may go before those it started.
      signalGroup(child, 'SIGKILL');
    },
  };
}

async function runToEnd(file: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = start(file, args, env);
  await child.ended;
  if (child.exitCode() !== 0) throw new Error(`VS Code could not install:\n${child.log()}`);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** VS Code changes its ways when it believes it was started from a VS Code terminal or by a test. */
function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|VITEST|NODE_OPTIONS$|NODE_ENV$|PORT$|PASSWORD$|HASHED_PASSWORD$|npm_)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...extra };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
