/** Which Python runs an exercise's tests: the Python extension's choice, else a `.venv`, else what is on the path. */
import * as vscode from 'vscode';
import type { Ended } from '../../../server/src/programs.ts';
import { exists } from './content.ts';

/** Runs a program to its end; there is none in a browser. */
export interface Programs {
  run(
    command: string,
    args: readonly string[],
    options: {
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      onLine?(line: string): void;
      readonly signal?: AbortSignal;
    },
  ): Promise<Ended>;
  readonly isWindows: boolean;
  /** Between two entries of a list of folders. */
  readonly pathDelimiter: string;
}

/** As far as it is asked; see the extension `ms-python.python`. */
interface PythonEnvironments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { readonly id: string; readonly path: string };
  resolveEnvironment(
    path: unknown,
  ): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  updateActiveEnvironmentPath(path: string, resource?: vscode.Uri): Promise<void>;
}

/** The Python for a folder, by its path; nothing where none can be run. */
export async function choosePython(
  folder: vscode.Uri,
  programs: Programs,
): Promise<string | undefined> {
  const chosen = await chosenInEditor(folder);
  if (chosen !== undefined) return chosen;
  const around = vscode.workspace.getWorkspaceFolder(folder)?.uri;
  for (const place of [folder, ...(around === undefined ? [] : [around])]) {
    const python = environmentPython(place, programs);
    if (await exists(python)) return python.fsPath;
  }
  for (const name of programs.isWindows ? ['python', 'py'] : ['python3', 'python']) {
    if (await runs(name, folder, programs)) return name;
  }
  return undefined;
}

async function runs(python: string, folder: vscode.Uri, { run }: Programs): Promise<boolean> {
  const { code } = await run(python, ['-c', ''], { cwd: folder.fsPath, env: {} });
  return code === 0;
}

export function environmentPython(folder: vscode.Uri, { isWindows }: Programs): vscode.Uri {
  const inside = isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return vscode.Uri.joinPath(folder, '.venv', ...inside);
}

async function chosenInEditor(folder: vscode.Uri): Promise<string | undefined> {
  try {
    const environments = await pythonEnvironments();
    const path = environments?.getActiveEnvironmentPath(folder);
    const resolved = path && (await environments?.resolveEnvironment(path));
    return resolved?.executable.uri?.fsPath;
  } catch {
    // Another extension's trouble is no reason to have none.
    return undefined;
  }
}

async function pythonEnvironments(): Promise<PythonEnvironments | undefined> {
  const extension = vscode.extensions.getExtension<{ environments?: PythonEnvironments }>(
    'ms-python.python',
  );
  return (await extension?.activate())?.environments;
}

/**
 * Makes a `.venv` in the folder and installs what its `requirements.txt` names, with progress. Gives why it failed;
 * nothing when all is well.
 */
export async function makeEnvironment(
  folder: vscode.Uri,
  programs: Programs,
): Promise<'no-python' | 'cancelled' | { readonly printed: string } | undefined> {
  const names = programs.isWindows ? ['py', 'python'] : ['python3', 'python'];
  let base: string | undefined;
  for (const name of names) base ??= (await runs(name, folder, programs)) ? name : undefined;
  if (base === undefined) return 'no-python';
  const python = base;
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Python environment for the exercises'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const own = environmentPython(folder, programs).fsPath;
    const steps = [
      { says: vscode.l10n.t('making .venv'), command: python, args: ['-m', 'venv', '.venv'] },
      {
        says: vscode.l10n.t('installing packages'),
        command: own,
        args: ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', 'requirements.txt'],
      },
    ];
    for (const { says, command, args } of steps) {
      progress.report({ message: says });
      const { code, printed } = await programs.run(command, args, {
        cwd: folder.fsPath,
        env: {},
        signal: stop.signal,
        onLine(line) {
          const name = /^(?:Collecting|Installing collected packages:|Downloading) (\S+)/.exec(
            line,
          );
          if (name?.[1] !== undefined) progress.report({ message: `${says}: ${name[1]}` });
        },
      });
      if (token.isCancellationRequested) return 'cancelled';
      if (code !== 0) return { printed };
    }
    await (await pythonEnvironments().catch(() => undefined))
      ?.updateActiveEnvironmentPath(own, folder)
      .catch(() => undefined);
    return undefined;
  });
}
