/** What was accepted on a day: from then on only what is new is told. Plain data; nothing of a text is in it. */
import type { Diagnostic } from './diagnostic.ts';
import { baseOf } from './fingerprint.ts';

/** The name of the file that the command line writes and the editor honours, in the root of a project. */
export const BASELINE_FILE = '.fastapi-mentor-baseline.json';

/** `count` equal findings of one rule in one definition of a file. */
export interface Accepted {
  /** As the baseline's owner names files: relative to the file on disk, a URI in the editor. */
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** A text that is no baseline. The message says why, in a few words. */
export class BaselineError extends Error {}

/** Accepts these findings; their paths become `named(path)`. */
export function accept(
  diagnostics: readonly Diagnostic[],
  named: (path: string) => string = (path) => path,
): readonly Accepted[] {
  const counts = new Map<string, Accepted>();
  for (const { path, rule, fingerprint } of diagnostics) {
    const entry = { path: named(path), rule, fingerprint: baseOf(fingerprint), count: 1 };
    const key = keyOf(entry);
    counts.set(key, { ...entry, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort(inOrder);
}

export interface Filtered {
  readonly shown: readonly Diagnostic[];
  /** How many findings are not shown. */
  readonly accepted: number;
}

/** Takes the accepted findings out of those of one file. Of equal ones, as many as were accepted. */
export function filterAccepted(
  diagnostics: readonly Diagnostic[],
  entries: readonly Accepted[],
): Filtered & { readonly used: ReadonlyMap<Accepted, number> } {
  const left = new Map<string, { entry: Accepted; count: number }[]>();
  for (const entry of entries) {
    const key = `${entry.rule}#${entry.fingerprint}`;
    const list = left.get(key) ?? [];
    left.set(key, [...list, { entry, count: entry.count }]);
  }
  const used = new Map<Accepted, number>();
  const shown = diagnostics.filter(({ rule, fingerprint }) => {
    const open = left.get(`${rule}#${baseOf(fingerprint)}`)?.find(({ count }) => count > 0);
    if (open === undefined) return true;
    open.count--;
    used.set(open.entry, (used.get(open.entry) ?? 0) + 1);
    return false;
  });
  return { shown, accepted: diagnostics.length - shown.length, used };
}

export interface Compared extends Filtered {
  /** Entries that accept more than there is: what they spoke of was mended or has moved to another definition. */
  readonly stale: number;
}

/**
 * The same over many files. `isGone` says that an entry's file is no longer there: its entries then speak of the files
 * that have none, so that a file may be renamed. Entries of files that were not looked at are not stale.
 */
export function compareWithBaseline(
  found: ReadonlyMap<string, readonly Diagnostic[]>,
  entries: readonly Accepted[],
  isGone: (path: string) => boolean,
): Compared {
  const byPath = grouped(entries);
  const gone = entries.filter(({ path }) => !found.has(path) && isGone(path));
  const usedOf = new Map<Accepted, number>();
  const shown: Diagnostic[] = [];
  let accepted = 0;
  const apply = (diagnostics: readonly Diagnostic[], from: readonly Accepted[]) => {
    const left = from.map((entry) => ({ ...entry, count: entry.count - (usedOf.get(entry) ?? 0) }));
    const result = filterAccepted(diagnostics, left);
    for (const [index, entry] of from.entries()) {
      const copy = left[index];
      const uses = copy === undefined ? 0 : (result.used.get(copy) ?? 0);
      if (uses > 0) usedOf.set(entry, (usedOf.get(entry) ?? 0) + uses);
    }
    accepted += result.accepted;
    return result.shown;
  };
  for (const [path, diagnostics] of found) {
    const own = byPath.get(path);
    shown.push(...apply(diagnostics, own ?? gone));
  }
  const stale = entries.filter(
    (entry) =>
      (found.has(entry.path) || isGone(entry.path)) && (usedOf.get(entry) ?? 0) < entry.count,
  ).length;
  return { shown, accepted, stale };
}

function grouped(entries: readonly Accepted[]): ReadonlyMap<string, readonly Accepted[]> {
  const byPath = new Map<string, Accepted[]>();
  for (const entry of entries) {
    const list = byPath.get(entry.path);
    if (list === undefined) byPath.set(entry.path, [entry]);
    else list.push(entry);
  }
  return byPath;
}

const FORMAT = 'fastapi-mentor-baseline';
const VERSION = 1;

/** The text of a baseline file: one entry a line, sorted, so that a diff of it can be read. */
export function writeBaseline(entries: readonly Accepted[]): string {
  const lines = [...entries]
    .sort(inOrder)
    .map(({ path, rule, fingerprint, count }) =>
      JSON.stringify({ path, rule, fingerprint, count }),
    );
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "format": "${FORMAT}",\n  "version": ${VERSION},\n  "accepted": ${list}\n}\n`;
}

/** Reads such a text. Throws a `BaselineError` for anything else. */
export function readBaseline(text: string): readonly Accepted[] {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new BaselineError('it is not valid JSON');
  }
  if (!isObject(data) || data.format !== FORMAT)
    throw new BaselineError('it is not a baseline of fastapi-mentor');
  if (data.version !== VERSION)
    throw new BaselineError('it was written by another version of fastapi-mentor');
  const entries = readAccepted(data.accepted);
  if (entries === undefined) throw new BaselineError('it is damaged');
  return entries;
}

/** Entries from outside; `undefined` when they are none. */
export function readAccepted(data: unknown): readonly Accepted[] | undefined {
  return Array.isArray(data) && data.every(isAccepted) ? data : undefined;
}

function isAccepted(value: unknown): value is Accepted {
  return (
    isObject(value) &&
    typeof value.path === 'string' &&
    typeof value.rule === 'string' &&
    typeof value.fingerprint === 'string' &&
    Number.isSafeInteger(value.count) &&
    Number(value.count) > 0
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const keyOf = ({ path, rule, fingerprint }: Accepted) => `${path}\n${rule}\n${fingerprint}`;

function inOrder(a: Accepted, b: Accepted): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
