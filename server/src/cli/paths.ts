import { type FileSystem, joinPath, parentOf } from '../project/fileSystem.ts';
import { UsageError } from './deps.ts';

/** One PATH of the command line. `path` is absolute. */
export interface Target {
  readonly typed: string;
  readonly path: string;
  readonly isFile: boolean;
  /** The folder that is read for it: itself, or the project that a file belongs to. */
  readonly root: string;
}

/** Throws a `UsageError` for a path that is neither a file nor a folder. */
export async function readTarget(
  fs: FileSystem,
  typed: string,
  path: string,
  workingFolder: string,
): Promise<Target> {
  const type = await fs.stat(path).then(
    (stat) => stat.type,
    () => undefined,
  );
  if (type === undefined) throw new UsageError(`no such file or folder: ${typed}`);
  if (type === 'directory') return { typed, path, isFile: false, root: path };
  if (type !== 'file') throw new UsageError(`neither a file nor a folder: ${typed}`);
  return fileTarget(fs, typed, path, workingFolder);
}

/** A file as a target; it need not be there. */
export async function fileTarget(
  fs: FileSystem,
  typed: string,
  path: string,
  workingFolder: string,
): Promise<Target> {
  return { typed, path, isFile: true, root: await projectOf(fs, path, workingFolder) };
}

/** The nearest folder above a file that looks like a project; nothing above the working folder is looked at. */
async function projectOf(fs: FileSystem, file: string, workingFolder: string): Promise<string> {
  const own = parentOf(file);
  if (!isInside(own, workingFolder)) return own;
  for (let folder = own; ; folder = parentOf(folder)) {
    if (await looksLikeProject(fs, folder)) return folder;
    if (folder === workingFolder || folder === parentOf(folder)) return own;
  }
}

async function looksLikeProject(fs: FileSystem, folder: string): Promise<boolean> {
  const names = await fs.readDirectory(folder).then(
    (entries) => entries.map(({ name }) => name),
    (): readonly string[] => [],
  );
  return ['pyproject.toml', 'setup.py', 'requirements.txt', '.git'].some((name) =>
    names.includes(name),
  );
}

/** Whether `path` is `folder` or lies below it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(joinPath(folder, ''));
}

/** Drops the folders that lie in another of them. */
export function outermost(folders: readonly string[]): readonly string[] {
  return [...new Set(folders)].filter(
    (folder) => !folders.some((other) => other !== folder && isInside(folder, other)),
  );
}

/**
 * How a path is printed: relative to the PATH it was found through, and after it when there are several PATHs, because
 * two of them may hold the same names.
 */
export function printedPath(path: string, target: Target, isOnly: boolean): string {
  const base = target.isFile ? parentOf(target.path) : target.path;
  const relative = relativePath(base, path);
  if (isOnly) return relative;
  const typed = target.typed.replaceAll('\\', '/');
  const prefix = target.isFile ? typed.slice(0, typed.lastIndexOf('/') + 1) : joinPath(typed, '');
  return (prefix + relative).replace(/^(\.\/)+/, '');
}

/** The way from a folder to a path. */
export function relativePath(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => path.split('/').filter((part) => part !== ''));
  if (a === undefined || b === undefined) return to;
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/');
}

/** The most exact of the targets that a path belongs to; none for a file that was read for its project's sake. */
export function targetOf(path: string, targets: readonly Target[]): Target | undefined {
  return targets
    .filter((target) => (target.isFile ? target.path === path : isInside(path, target.path)))
    .reduce<Target | undefined>(
      (best, each) => (best === undefined || each.path.length > best.path.length ? each : best),
      undefined,
    );
}
