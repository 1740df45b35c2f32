/** The environment that is made with one click: whole, or not at all. */
import * as vscode from 'vscode';
import { exists } from './content.ts';
import {
  chooseInEditor,
  chosenInEditor,
  environmentOf,
  environmentPython,
  isUnfinished,
  type Programs,
  unfinishedMark,
  versionOf,
} from './python.ts';

/** The oldest that runs what the lessons teach: `TaskGroup` and `timeout` of asyncio. */
const MINIMUM = 11;

export type NotMade =
  /** `occupied`: there is a `.venv` that is not ours, whose Python does not run here. */
  | { readonly why: 'cancelled' | 'occupied' | 'offline' }
  | { readonly why: 'no-python' }
  | { readonly why: 'too-old'; readonly version: string }
  /** Debian and Ubuntu have `venv` in a package of its own. */
  | { readonly why: 'no-venv'; readonly install: string }
  | { readonly why: 'failed'; readonly line: string };

/**
 * Makes a `.venv` in the folder and installs what its `requirements.txt` names, with progress. Gives the path of its
 * Python, or why there is none; then nothing of it is left.
 */
export function makeEnvironment(
  folder: vscode.Uri,
  programs: Programs,
): Thenable<string | NotMade> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Python environment for the exercises'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const own = environmentPython(folder, programs);
    const isTheirs = (await exists(environmentOf(own))) && !(await isUnfinished(own));
    const base = isTheirs
      ? await theirs(own, folder, programs)
      : await basePython(folder, programs);
    if (typeof base !== 'string') return base;
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const requirements = ['--disable-pip-version-check', '-r', 'requirements.txt'];
    const makeIt = { says: vscode.l10n.t('making .venv'), args: ['-m', 'venv', '.venv'] };
    const fillIt = {
      says: vscode.l10n.t('installing packages'),
      args: ['-m', 'pip', 'install', ...requirements],
    };
    const steps = [
      ...(isTheirs ? [] : [{ ...makeIt, command: base }]),
      { ...fillIt, command: own.fsPath },
    ];
    if (!isTheirs) await begin(own);
    let failed: NotMade | undefined;
    for (const { says, command, args } of steps) {
      progress.report({ message: says });
      const { code, printed } = await programs.run(command, args, {
        cwd: folder.fsPath,
        env: {},
        signal: stop.signal,
        onLine(line) {
          const name = packageIn(line);
          if (name !== undefined) progress.report({ message: `${says}: ${name}` });
        },
      });
      if (token.isCancellationRequested) failed = { why: 'cancelled' };
      else if (code !== 0) failed = whyNotMade(printed);
      if (failed !== undefined) break;
    }
    if (failed !== undefined) {
      if (!isTheirs) await removeAll(own);
      return failed;
    }
    if (!isTheirs) await vscode.workspace.fs.delete(unfinishedMark(own));
    await chooseInEditor(own, folder);
    return own.fsPath;
  });
}

async function theirs(
  own: vscode.Uri,
  folder: vscode.Uri,
  programs: Programs,
): Promise<string | NotMade> {
  const version = await versionOf(own.fsPath, folder, programs);
  return version === undefined ? { why: 'occupied' } : own.fsPath;
}

/** What the editor was told to use, else what is on the path, if it is new enough. */
async function basePython(folder: vscode.Uri, programs: Programs): Promise<string | NotMade> {
  const newer = [14, 13, 12, 11].map((minor) => `python3.${minor}`);
  const names = programs.isWindows ? ['py', 'python'] : ['python3', 'python', ...newer];
  const chosen = await chosenInEditor(folder);
  const isWhole = chosen !== undefined && !(await isUnfinished(chosen));
  let old: string | undefined;
  for (const python of isWhole ? [chosen.fsPath, ...names] : names) {
    const version = await versionOf(python, folder, programs);
    if (version === undefined) continue;
    if (version[0] === 3 && version[1] >= MINIMUM) return python;
    old ??= version.join('.');
  }
  return old === undefined ? { why: 'no-python' } : { why: 'too-old', version: old };
}

async function begin(own: vscode.Uri): Promise<void> {
  await removeAll(own);
  await vscode.workspace.fs.createDirectory(environmentOf(own));
  await vscode.workspace.fs.writeFile(unfinishedMark(own), new Uint8Array());
}

/** Where something of it can't be removed, its mark is what says that it is none. */
async function removeAll(own: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(environmentOf(own), { recursive: true });
  } catch {
    // It was not there, or is in use.
  }
}

function packageIn(line: string): string | undefined {
  return /^(?:Collecting|Installing collected packages:|Downloading) ([^\s,]+)/.exec(line)?.[1];
}

function whyNotMade(printed: string): NotMade {
  const install = /^\s*apt install (\S+)/m.exec(printed)?.[1];
  if (install !== undefined) return { why: 'no-venv', install };
  const isOffline =
    /Failed to establish a new connection|NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError/;
  if (isOffline.test(printed)) return { why: 'offline' };
  return { why: 'failed', line: printed.trim().split('\n').at(-1) ?? '' };
}
