import type { Diagnostic } from '../engine/diagnostic.ts';
import { fold } from '../engine/fold.ts';
import type { Session } from './session.ts';

/** The folders (by key; the empty one stands for files of none) whose quiet findings are all told. */
export type Unfolded = ReadonlySet<string>;

/** Reads the setting `fold` of what was said without a folder, and of each folder. */
export function unfoldedIn(settings: ReadonlyMap<string, unknown>): Unfolded {
  return new Set([...settings].flatMap(([folder, each]) => (isOff(each) ? folder : [])));
}

function isOff(settings: unknown): boolean {
  return (
    typeof settings === 'object' &&
    settings !== null &&
    'fold' in settings &&
    settings.fold === false
  );
}

/** A file's findings as they are told: the quiet ones once a rule, unless its folder has that switched off. */
export function folded(
  { unfolded, folderKeys, language }: Session,
  key: string,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const owner = folderKeys
    .filter((folder) => key.startsWith(`${folder}/`))
    .reduce((best, each) => (each.length > best.length ? each : best), '');
  return unfolded.has(owner) ? found : fold(found, { language, places: true });
}
