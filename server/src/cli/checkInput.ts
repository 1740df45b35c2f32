/** What `check` is given to look at: files, folders, or the standard input in the place of a file. */
import { decode } from '../project/decode.ts';
import { encodeLike } from '../project/encode.ts';
import type { CheckOptions } from './check.ts';
import { type CliDeps, UsageError } from './deps.ts';
import { fileTarget, readTarget, type Target } from './paths.ts';
import { withFile } from './stdin.ts';

/** Throws a `UsageError` for options that make no sense together. */
export function refuseNonsense(paths: readonly string[], options: CheckOptions): void {
  const { fix, unsafeFixes, diffFixes, baseline, writeBaseline, stdinFilename } = options;
  if (unsafeFixes === true && fix !== true && diffFixes !== true)
    throw new UsageError('--unsafe-fixes needs --fix or --diff-fixes');
  if (baseline !== undefined && writeBaseline !== undefined)
    throw new UsageError('--baseline and --write-baseline exclude each other');
  if (diffFixes === true && writeBaseline !== undefined)
    throw new UsageError('--diff-fixes writes nothing, --write-baseline does');
  const isStdin = paths.includes('-');
  if (isStdin && paths.length > 1)
    throw new UsageError('- is the standard input, and is checked alone');
  if (isStdin && writeBaseline !== undefined)
    throw new UsageError('--write-baseline needs files, not the standard input');
  if (!isStdin && stdinFilename !== undefined)
    throw new UsageError('--stdin-filename needs - as the path');
}

/** The paths as targets; with `-`, the disk that is read has the standard input on it. */
export async function openTargets(
  paths: readonly string[],
  { stdinFilename = 'stdin.py' }: CheckOptions,
  deps: CliDeps,
): Promise<{ readonly targets: readonly Target[]; readonly deps: CliDeps }> {
  const workingFolder = deps.resolvePath('.');
  if (paths[0] === '-') {
    const path = deps.resolvePath(stdinFilename);
    const bytes = await deps.readStdin();
    const target = await fileTarget(deps.fs, stdinFilename, path, workingFolder);
    return { targets: [target], deps: { ...deps, fs: withFile(deps.fs, path, bytes) } };
  }
  const targets: Target[] = [];
  for (const typed of paths)
    targets.push(await readTarget(deps.fs, typed, deps.resolvePath(typed), workingFolder));
  return { targets, deps };
}

/** Writes what became of the standard input, in its own encoding. False, and a line on stderr, when that can't be. */
export async function passOn(
  path: string,
  texts: ReadonlyMap<string, string>,
  { fs, stdout, stderr }: CliDeps,
): Promise<boolean> {
  const bytes = await fs.readFile(path);
  const text = texts.get(path);
  const { text: old } = decode(bytes);
  const encoded =
    text === undefined || old === undefined ? undefined : encodeLike(bytes, old, text);
  if (encoded === undefined) stderr.write('fastapi-mentor: the standard input cannot be fixed\n');
  else stdout.write(encoded);
  return encoded !== undefined;
}
