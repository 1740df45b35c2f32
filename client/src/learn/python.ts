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
  if (chosen !== undefined && !(await isUnfinished(chosen))) return chosen.fsPath;
  const around = vscode.workspace.getWorkspaceFolder(folder)?.uri;
  for (const place of [folder, ...(around === undefined ? [] : [around])]) {
    const python = environmentPython(place, programs);
    if (!(await exists(python)) || (await isUnfinished(python))) continue;
    // One whose base has been removed is still there, and runs no more.
    if ((await versionOf(python.fsPath, folder, programs)) !== undefined) return python.fsPath;
  }
  return pythonOnPath(folder, programs);
}

export async function pythonOnPath(
  folder: vscode.Uri,
  programs: Programs,
): Promise<string | undefined> {
  for (const name of programs.isWindows ? ['python', 'py'] : ['python3', 'python']) {
    if ((await versionOf(name, folder, programs)) !== undefined) return name;
  }
  return undefined;
}

/** Major and minor; nothing where it does not run. */
export async function versionOf(
  python: string,
  folder: vscode.Uri,
  { run }: Programs,
): Promise<readonly [number, number] | undefined> {
  const program = 'import sys; print(*sys.version_info[:2])';
  const { code, output } = await run(python, ['-c', program], { cwd: folder.fsPath, env: {} });
  const [, major, minor] = /^(\d+) (\d+)/.exec(output) ?? [];
  return code === 0 ? [Number(major), Number(minor)] : undefined;
}

/** Lies in an environment until it is complete, also when the window is closed meanwhile. */
export function unfinishedMark(python: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(environmentOf(python), '.fastapi-mentor-unfinished');
}

/** The folder of an environment, by its Python. */
export function environmentOf(python: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(python, '..', '..');
}

export function isUnfinished(python: vscode.Uri): Promise<boolean> {
  return exists(unfinishedMark(python));
}

export function environmentPython(folder: vscode.Uri, { isWindows }: Programs): vscode.Uri {
  const inside = isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return vscode.Uri.joinPath(folder, '.venv', ...inside);
}

/** What the Python extension was told to use, or has found. */
export async function chosenInEditor(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    const environments = await pythonEnvironments();
    const path = environments?.getActiveEnvironmentPath(folder);
    const resolved = path && (await environments?.resolveEnvironment(path));
    return resolved?.executable.uri;
  } catch {
    // Another extension's trouble is no reason to have none.
    return undefined;
  }
}

/** Has the Python extension use it as well; that it can't is no trouble of ours. */
export async function chooseInEditor(python: vscode.Uri, folder: vscode.Uri): Promise<void> {
  try {
    await (await pythonEnvironments())?.updateActiveEnvironmentPath(python.fsPath, folder);
  } catch {
    // Tests run with it all the same.
  }
}

async function pythonEnvironments(): Promise<PythonEnvironments | undefined> {
  const extension = vscode.extensions.getExtension<{ environments?: PythonEnvironments }>(
    'ms-python.python',
  );
  return (await extension?.activate())?.environments;
}
