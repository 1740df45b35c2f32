import { type Accepted, filterAccepted } from '../engine/baseline.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';

/** What is accepted as it is, so that only new code is told of. Paths are keys of files. */
export interface AcceptedStore {
  /** What the person accepted in the editor; kept by the client. */
  inEditor: readonly Accepted[];
  /** What baseline files in the folders accept. */
  inFiles: readonly Accepted[];
  /** Whether the files have their say. */
  useFiles: boolean;
}

export const createAccepted = (): AcceptedStore => ({ inEditor: [], inFiles: [], useFiles: true });

/** Those of a file's findings that are new. */
export function hideAccepted(
  store: AcceptedStore,
  path: string,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (found.length === 0) return found;
  const own = indexOf(store).get(path);
  return own === undefined ? found : filterAccepted(found, own).shown;
}

/** How many findings are accepted. */
export function countAccepted(store: AcceptedStore): number {
  let total = 0;
  for (const entries of indexOf(store).values()) for (const { count } of entries) total += count;
  return total;
}

type Index = ReadonlyMap<string, readonly Accepted[]>;
const indexes = new WeakMap<
  AcceptedStore,
  { readonly of: readonly unknown[]; readonly index: Index }
>();

const NOTHING: readonly Accepted[] = [];

/** By path; built again when something was accepted or taken back. */
function indexOf(store: AcceptedStore): Index {
  const parts = [store.inEditor, store.useFiles ? store.inFiles : NOTHING];
  const known = indexes.get(store);
  if (known?.of.every((part, at) => part === parts[at])) return known.index;
  const index = build(parts);
  indexes.set(store, { of: parts, index });
  return index;
}

/** What both accept counts once. */
function build(parts: readonly (readonly Accepted[])[]): Index {
  const merged = new Map<string, Map<string, Accepted>>();
  for (const entry of parts.flat()) {
    const own = merged.get(entry.path) ?? new Map<string, Accepted>();
    merged.set(entry.path, own);
    const key = `${entry.rule}#${entry.fingerprint}`;
    if ((own.get(key)?.count ?? 0) < entry.count) own.set(key, entry);
  }
  return new Map([...merged].map(([path, own]) => [path, [...own.values()]]));
}
