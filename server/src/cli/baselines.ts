import {
  type Accepted,
  accept,
  BASELINE_FILE,
  BaselineError,
  type Compared,
  compareWithBaseline,
  filterAccepted,
  readBaseline,
  writeBaseline,
} from '../engine/baseline.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { joinPath, parentOf } from '../project/fileSystem.ts';
import { type CliDeps, UsageError } from './deps.ts';
import { relativePath, type Target } from './paths.ts';

/** A baseline file as it is used in one run. Its paths are relative to its own folder. */
export interface BaselineFile {
  readonly path: string;
  readonly typed: string;
  readonly entries: readonly Accepted[];
}

/** Where the file is: as typed, else in the one project that is checked, else in the working folder. */
function placeOf(typed: string, targets: readonly Target[], deps: CliDeps) {
  if (typed !== '') return { path: deps.resolvePath(typed), typed };
  const [target] = targets;
  const folder = target !== undefined && targets.length === 1 ? target.root : deps.resolvePath('.');
  const path = joinPath(folder, BASELINE_FILE);
  return { path, typed: relativePath(deps.resolvePath('.'), path) };
}

/** Throws a `UsageError` when there is none, or when it is something else. */
export async function openBaseline(
  typed: string,
  targets: readonly Target[],
  deps: CliDeps,
): Promise<BaselineFile> {
  const place = placeOf(typed, targets, deps);
  const bytes = await deps.fs.readFile(place.path).catch(() => undefined);
  if (bytes === undefined)
    throw new UsageError(`no baseline ${place.typed}; --write-baseline makes one`);
  return { ...place, entries: entriesOf(place.typed, bytes) };
}

function entriesOf(typed: string, bytes: Uint8Array): readonly Accepted[] {
  try {
    return readBaseline(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    throw new UsageError(`cannot use the baseline ${typed}: ${error.message}`);
  }
}

/** Accepts findings (with their real paths) from now on. Another file of that name is not overwritten. */
export async function saveBaseline(
  typed: string,
  targets: readonly Target[],
  findings: readonly Diagnostic[],
  deps: CliDeps,
): Promise<BaselineFile> {
  const place = placeOf(typed, targets, deps);
  const existing = await deps.fs.readFile(place.path).catch(() => undefined);
  if (existing !== undefined) entriesOf(place.typed, existing);
  const entries = accept(findings, (path) => relativePath(parentOf(place.path), path));
  await deps
    .writeFile(place.path, new TextEncoder().encode(writeBaseline(entries)))
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`cannot write the baseline ${place.typed}: ${reason}`);
    });
  return { ...place, entries };
}

/** `found` by real path; `isCovered` says whether a path belongs to what is checked. */
export function withoutAccepted(
  { path, entries }: BaselineFile,
  found: ReadonlyMap<string, readonly Diagnostic[]>,
  isCovered: (path: string) => boolean,
  { resolvePath }: CliDeps,
): Compared {
  const folder = parentOf(path);
  const named = [...found].map(([each, own]) => [relativePath(folder, each), own] as const);
  return compareWithBaseline(new Map(named), entries, (each) =>
    isCovered(resolvePath(joinPath(folder, each))),
  );
}

/** Those of one file's findings that are new. */
export function newIn(
  { path, entries }: BaselineFile,
  file: string,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const name = relativePath(parentOf(path), file);
  return filterAccepted(
    found,
    entries.filter((entry) => entry.path === name),
  ).shown;
}
